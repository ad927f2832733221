import { h } from '../dom';
import { section } from '../frame';
import { Act } from './act';
import { type DifficultyKind, type MyDataQuery, TellHardshipDocument, WithdrawConsentDocument } from './gql/graphql';
import { checkField, choiceField, form, redrawn, sureButton, unfold } from './kit';
import { doing } from './next';
import { date, w } from './text';

const KINDS: readonly DifficultyKind[] = [
  'OLDER_UNEMPLOYED',
  'LONG_TERM_UNEMPLOYED',
  'ZERO_EMPLOYMENT_HOUSEHOLD',
  'DISABLED',
  'MINIMUM_LIVING',
  'LOW_INCOME',
  'LAND_EXPROPRIATED',
  'GRADUATE',
  'VETERAN',
  'OTHER',
];
export type Worker = NonNullable<NonNullable<MyDataQuery['citizenViewer']>['worker']>;
type Told = NonNullable<Worker['difficulties']>[number];

/** Hardship (困难情形): nobody has to say it; what was said is shown, and gone when it is taken back. */
export function hardship(slug: string, worker: Worker, notice: string, draw: () => unknown) {
  const told = worker.difficulties;
  if (worker.status !== 'ACTIVE' || !told) return null;
  return section(
    w('hardship.title'),
    h('p', null, w('hardship.why')),
    h('p', { class: 'hint' }, w('hardship.who')),
    told.map((one) => known(slug, one, draw)),
    told.length < KINDS.length && unfold(w('hardship.say'), tell(slug, worker.id, told, notice, draw)),
  );
}

function known(slug: string, { kind, basis, validUntil, consentId }: Told, draw: () => unknown) {
  return h(
    'div',
    { class: 'shift' },
    h('p', null, h('b', null, w(`difficulty.${kind}`))),
    h('p', { class: 'hint' }, w(`basis.${basis}`), validUntil && ` · ${w('register.certUntil')} ${date(validUntil)}`),
    sureButton(
      w('data.withdraw'),
      h('p', null, w('withdrawMeans.DIFFICULTY')),
      w('data.withdrawYes'),
      doing(draw, (act) => act.run(slug, WithdrawConsentDocument, { id: consentId })),
    ),
  );
}

/** One thing at a time, with a consent of its own that is given for it alone. */
function tell(slug: string, workerId: string, told: readonly Told[], noticeVersion: string, draw: () => unknown) {
  const open = KINDS.filter((key) => told.every(({ kind }) => kind !== key));
  const kind = choiceField('kind', w('hardship.kind'), [
    ['', w('form.choose')],
    ...open.map((key) => [key, w(`difficulty.${key}`)] as const),
  ]);
  const consent = checkField('consent', w('hardship.consent'), { needed: true });
  const act = new Act();
  const send = async () => {
    const input = {
      kind: kind.value() as DifficultyKind,
      basis: 'DECLARED' as const,
      consent: { how: 'ONLINE' as const, noticeVersion },
    };
    const { refused } = await act.run(slug, TellHardshipDocument, { workerId, input });
    if (!refused) await redrawn(draw);
    return refused;
  };
  return form(
    () => [kind, consent],
    [kind.box, h('p', { class: 'hint' }, w('hardship.paper')), consent.box],
    w('hardship.send'),
    send,
  );
}
