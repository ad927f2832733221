import { h } from '../dom';
import { NATIONAL_LINE, section } from '../frame';
import type { SafetyCardOfQuery } from './gql/graphql';
import { lines } from './kit';
import { w } from './text';

type Card = Pick<NonNullable<SafetyCardOfQuery['safetyCard']>, 'title' | 'lines' | 'laws'>;

/** What to look out for in a trade, shown before anybody says yes. */
export function safety(card: Card | null | undefined) {
  if (!card) return null;
  return section(
    w('safety.title', { title: card.title }),
    lines(card.lines),
    h('p', { class: 'hint' }, w('law', { law: card.laws.join('；') })),
  );
}

/** Which door to knock on: another one against a household or a gang leader than against an employer unit. */
export function rights(unit: boolean, hotline: string | null) {
  const phone = hotline ?? NATIONAL_LINE;
  return section(
    w('rights.title'),
    lines([w('rights.money'), w('rights.deposit'), w('rights.proof')]),
    h('h3', null, w('rights.unpaid')),
    lines(
      unit
        ? [w('rights.inspection'), w('rights.arbitration'), w('rights.aid')]
        : [w('rights.person'), w('rights.court'), w('rights.aid')],
    ),
    h('p', null, h('a', { class: 'button quiet', href: `tel:${phone}` }, w('rights.call', { phone }))),
  );
}

/** What the server says of a hiring party's own doors, each with its article. */
export function remedies(doors: readonly { text: string; law: string }[]) {
  return section(
    w('rights.unpaid'),
    h(
      'ul',
      null,
      doors.map((door) => h('li', null, door.text, h('p', { class: 'hint' }, w('law', { law: door.law })))),
    ),
  );
}
