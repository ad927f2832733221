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
import { showWishes } from './wishes';

/** The pages of whoever looks for work, loaded when somebody goes there. */
export function showWork({ view, slug, id }: WorkRoute): Promise<void> {
  switch (view) {
    case 'find':
      return showFind(slug);
    case 'posting':
      return showPosting(slug, id);
    case 'register':
      return showRegister(slug);
    case 'wishes':
      return showWishes(slug);
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
      return showMe(slug);
  }
}
