import { h, ICONS, icon } from '../dom';
import { distance, t } from '../text';
import type { FindWorkQuery } from './gql/graphql';
import { span, type WorkKey, w, wage } from './text';

export type Found = NonNullable<FindWorkQuery['openPostings']>['edges'][number]['node'];

/** How far a posting was, for its own page: the distance only, and only until the browser is closed. */
const DISTANCES = 'yizhan.distances';

export function rememberDistances(found: readonly Found[]) {
  const known = Object.fromEntries(found.map(({ id, distanceMetres }) => [id, distanceMetres]));
  try {
    sessionStorage.setItem(DISTANCES, JSON.stringify({ ...distances(), ...known }));
  } catch {
    // The page of the posting then says no distance.
  }
}

export const distanceOf = (id: string): number | null => distances()[id] ?? null;

function distances(): Record<string, number | null> {
  try {
    return JSON.parse(sessionStorage.getItem(DISTANCES) ?? '{}') as Record<string, number | null>;
  } catch {
    return {};
  }
}

export const line = (path: string, ...text: Parameters<typeof h>[2][]) =>
  h('p', { class: 'line' }, icon(path), h('span', null, ...text));

/** What somebody asks first: how much, when, where, from whom. */
export function postingCard(slug: string, work: Found) {
  const href = `/${slug}/work/${encodeURIComponent(work.id)}`;
  return h(
    'article',
    { class: 'card' },
    h('h2', null, h('a', { href }, work.title)),
    h('p', { class: 'wage' }, wage(work), ' ', h('small', null, w(`payDay.${work.payDay}`))),
    h(
      'p',
      { class: 'tags' },
      h('span', { class: 'tag' }, w('find.left', { n: work.placesLeft })),
      work.instant && h('span', { class: 'tag open' }, w('find.instant')),
      work.priority && h('span', { class: 'tag' }, w('find.priority')),
      work.needsCertificate && h('span', { class: 'tag closed' }, w('find.certificate')),
    ),
    work.agency && !work.agency.licenceValid && h('p', { class: 'notice bad' }, w('find.licenceBad')),
    line(ICONS.clock, times(work)),
    line(
      ICONS.pin,
      work.place,
      work.distanceMetres !== null && [' · ', h('b', null, distance(work.distanceMetres))],
      work.marketName && [h('br'), work.marketName],
    ),
    h('p', { class: 'trades' }, work.partyName, work.partyVerifiedOn && ` · ✓ ${w('party.verified')}`),
    h(
      'div',
      { class: 'row' },
      h('a', { class: 'button', href, 'aria-label': `${w('find.see')}${t('app.colon')}${work.title}` }, w('find.see')),
    ),
  );
}

/** How a hire stands, in words; the colour only underlines it. */
export function statusTag(status: string, name: (key: WorkKey) => string = w) {
  const look = /CANCEL|DECLINED|NO_SHOW|LAPSED/.test(status)
    ? 'tag closed'
    : /CONFIRMED|ARRIVED|COMPLETED|PAID/.test(status)
      ? 'tag open'
      : 'tag';
  return h('span', { class: look }, name(`status.${status}` as WorkKey));
}

/** The next shift, and how many follow: from the first morning to the last evening would be no day's work. */
function times({ shifts, startsAt, endsAt }: Found) {
  const next = shifts.find((shift) => new Date(shift.startsAt).getTime() > Date.now()) ?? shifts[0];
  const first = next ? span(next.startsAt, next.endsAt) : span(startsAt, endsAt);
  return shifts.length > 1 ? `${first} ${w('find.shifts', { n: shifts.length })}` : first;
}
