import { h, replace } from '../../dom';
import { faultText } from '../act';
import { unfold } from '../kit';

/** A part that is asked for when it is opened. */
export function opened(title: string, box: HTMLElement, load: () => Promise<void>) {
  const details = unfold(title, box);
  details.addEventListener('toggle', () => {
    if (details.open && !box.firstChild) load().catch((fault) => replace(box, h('p', null, faultText(fault))));
  });
  return details;
}
