import '../work.css';
import type { WorkRoute } from '../../routes';
import { showHire } from './hire';
import { showHiring } from './hiring';
import { showParty } from './party';
import { showPost } from './post';
import { showSheet } from './sheet';

/** The hiring side, loaded when somebody hires: a worker's telephone never carries it. */
export function showHiringSide({ view, slug, id }: WorkRoute): Promise<void> {
  switch (view) {
    case 'party':
      return showParty(slug);
    case 'post':
      return showPost(slug, id);
    case 'hiring':
      return showHiring(slug, id);
    case 'pay':
      return showSheet(slug, id);
    default:
      return showHire(slug);
  }
}
