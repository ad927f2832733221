import './work.css';
import type { WorkRoute } from '../routes';
import { showFind } from './find';
import { showJob } from './job';
import { showMe } from './me';
import { showPosting } from './posting';
import { showRegister } from './register';

/** The pages of work and hire, loaded together when somebody goes to one of them. */
export function showWork({ view, slug, id }: WorkRoute): Promise<void> {
  switch (view) {
    case 'find':
      return showFind(slug);
    case 'posting':
      return showPosting(slug, id);
    case 'register':
      return showRegister(slug);
    case 'job':
      return showJob(slug, id);
    default:
      return showMe(slug);
  }
}
