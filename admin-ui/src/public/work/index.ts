import './work.css';
import type { WorkRoute } from '../routes';
import { showData } from './data';
import { showFind } from './find';
import { showJob } from './job';
import { showMe } from './me';
import { showPoints } from './points';
import { showPosting } from './posting';
import { showProvince } from './province';
import { showRecord } from './record';
import { showRegister } from './register';

/** The pages of work and hire; those of the hiring side come only when somebody hires. */
export function showWork(route: WorkRoute): Promise<void> {
  const { view, slug, id } = route;
  switch (view) {
    case 'find':
      return showFind(slug);
    case 'posting':
      return showPosting(slug, id);
    case 'me':
      return showMe(slug);
    case 'register':
      return showRegister(slug);
    case 'job':
      return showJob(slug, id);
    case 'points':
      return showPoints(slug);
    case 'record':
      return showRecord(slug);
    case 'data':
      return showData(slug);
    case 'province':
      return showProvince();
    default:
      return import('./hire/index').then(({ showHiringSide }) => showHiringSide(route));
  }
}
