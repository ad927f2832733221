import { h, replace } from '../../dom';
import { section } from '../../frame';
import { Act } from '../act';
import { RepeatPostingDocument, type RepeatPostingMutation } from '../gql/graphql';
import { checkField, form, textField } from '../kit';
import { day, dayOf } from '../text';
import { holdsPlace } from './places';
import { e } from './text';
import type { Posting } from './written';

const DAY_MS = 86_400_000;
/** As far as the server moves a posting. */
const MOST = 90;
type Repeated = Extract<RepeatPostingMutation['repeatPosting'], { __typename: 'RepeatedPosting' }>;

const later = (on: string, days: number) =>
  new Date(Date.parse(`${on}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** How many days lie between two days, both as `2026-11-27`. */
export const daysBetween = (from: string, to: string) =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

/**
 * The days to which a posting can be repeated: not before its own, nor before today. Tomorrow is proposed, or the day after
 * its own where that is still to come; `null` where it lies too far back.
 */
export function repeatDays(first: string, today: string) {
  const gap = daysBetween(first, today);
  const [least, proposed] = [Math.max(1, gap), Math.max(1, gap + 1)];
  if (proposed > MOST) return null;
  return { least: later(first, least), proposed: later(first, proposed), most: later(first, MOST) };
}

/** The same ten tomorrow (再招一次): which day, and whether those of this time are told. */
export function repeatBox(slug: string, posting: Posting) {
  const first = posting.shifts[0];
  const days = first && repeatDays(dayOf(new Date(first.startsAt)), dayOf(new Date()));
  if (!days) return null;
  const own = dayOf(new Date(first.startsAt));
  const on = textField({
    ...{ name: 'days', label: e('repeat.day'), type: 'date', value: days.proposed, required: true },
    ...{ min: days.least, max: days.most },
  });
  const n = posting.engagementCounts.reduce((sum, { status, count }) => sum + (holdsPlace(status) ? count : 0), 0);
  const same = checkField('sameWorkers', e('repeat.same', { n }), { checked: n > 0 });
  const box = h('div');
  const act = new Act();
  const send = async () => {
    const asked = { id: posting.id, days: daysBetween(own, on.value()), sameWorkers: n > 0 && same.on() };
    const { done, refused } = await act.run(slug, RepeatPostingDocument, asked);
    if (refused) return refused;
    const told = repeated(slug, done);
    replace(box, told);
    told.focus();
    return null;
  };
  replace(
    box,
    form(
      () => [on, same],
      [on.box, n > 0 && [same.box, h('p', { class: 'hint' }, e('repeat.means'))]],
      e('repeat.go'),
      send,
    ),
  );
  return section(e('repeat.title'), box);
}

/** What was posted, and who is told of it: without their names nobody knows whether the right ones are. */
function repeated(slug: string, { posting, workers }: Repeated) {
  const names = workers.map(({ nameMasked }) => nameMasked).join('、');
  return h(
    'div',
    { class: 'notice', role: 'status', tabindex: '-1' },
    h('p', null, e('repeat.done', { day: day(posting.startsAt) })),
    names !== '' && h('p', null, e('repeat.told', { names })),
    h('a', { class: 'button wide', href: `/${slug}/hire/postings/${encodeURIComponent(posting.id)}` }, e('repeat.see')),
  );
}
