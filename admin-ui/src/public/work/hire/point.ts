import { h, ICONS, icon, replace } from '../../dom';
import { locate } from '../../near';
import type { PostingInput } from '../gql/graphql';
import { alertBox, type Field } from '../kit';
import { e } from './text';

/** Four decimals are about ten metres: a gate, which stands on the posting for everybody. */
const FINE = 10_000;
type Point = PostingInput['point'];

/** Where the work is on the map: whoever stands there presses once, and work near somebody is found by it. */
export function pointField(known: Point, changed: () => void): Field & { point(): Point } {
  let point = known ?? null;
  const why = h('p', { class: 'hint', id: 'point-why' }, e('point.why'));
  const status = h('p', { role: 'status' });
  const told = alertBox();
  const button = h('button', { type: 'button', class: 'button quiet', 'aria-describedby': 'point-why' });
  const draw = () => {
    why.hidden = point !== null;
    status.textContent = point ? `✓ ${e('point.on')}` : '';
    replace(button, icon(ICONS.pin), e(point ? 'point.off' : 'point.use'));
  };
  const become = (next: Point) => {
    point = next ?? null;
    button.removeAttribute('aria-disabled');
    draw();
    changed();
  };
  const failed = () => {
    become(null);
    told.say(e('point.denied'));
  };
  button.addEventListener('click', () => {
    if (button.getAttribute('aria-disabled')) return;
    told.say(null);
    if (point) return become(null);
    button.setAttribute('aria-disabled', 'true');
    status.textContent = e('point.wait');
    locate(FINE, become, failed);
  });
  draw();
  return {
    name: 'point',
    box: h('div', { class: 'field' }, why, status, button, told.box),
    value: () => '',
    set: () => {},
    missing: () => false,
    say: told.say,
    focus: () => button.focus(),
    point: () => point,
  };
}
