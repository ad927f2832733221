import { h } from '../dom';
import { section } from '../frame';
import {
  AcceptAgreementDocument,
  CancelDocument,
  type CancelReason,
  DisputeDocument,
  SettleDocument,
} from './gql/graphql';
import type { Job, Rules } from './job';
import { actButton, choiceField, facts, form, lines, sureButton, textField, unfold } from './kit';
import { doing, isOver, isUnseen } from './next';
import { moment, money, sentences, w } from './text';

const REASONS = {
  WORKER: ['ILLNESS', 'ACCIDENT', 'WEATHER', 'PERSONAL', 'OTHER_WORK', 'OTHER'],
  PARTY: ['WEATHER', 'ACCIDENT', 'ILLNESS', 'NO_WORK', 'OTHER'],
  STAFF: ['OTHER'],
} as const satisfies Record<Job['viewer'], CancelReason[]>;
const CANCELLED = ['APPLIED', 'STANDBY', 'CONTACTED', 'AGREED', 'CONFIRMED'];
const DISPUTED = ['ARRIVED', 'COMPLETED', 'PAID', 'NO_SHOW'];

/** What the rule on over-age work wants in writing; both sides accept it before the arrival. */
export function agreement(slug: string, job: Job, draw: () => void) {
  const made = job.slip?.agreement;
  if (!made) return null;
  const worker = job.viewer === 'WORKER';
  const mine = worker ? made.acceptedByWorkerAt : made.acceptedByPartyAt;
  const theirs = worker ? made.acceptedByPartyAt : made.acceptedByWorkerAt;
  return section(
    w('agreement.title'),
    h('p', null, w('agreement.why')),
    mine ? unfold(w('agreement.clauses'), lines(made.clauses)) : lines(made.clauses),
    facts(
      [w('agreement.mine'), mine ? moment(mine) : w('step.notYet')],
      [w('agreement.theirs'), theirs ? moment(theirs) : w('step.notYet')],
    ),
    !mine &&
      !job.endedAt &&
      actButton(
        w('agreement.accept'),
        doing(draw, (act) => act.run(slug, AcceptAgreementDocument, { id: job.id, behalf: null })),
      ),
  );
}

/** What was agreed, due, paid, and what the worker says: side by side, so that nobody has to reckon. */
export function truth(job: Job) {
  const said = job.wageTruth;
  if (!said || (said.dueFen === null && said.paidFen === null && said.sheetPaidFen === null)) return null;
  const sum = (fen: number | null) => fen !== null && money(fen);
  const short = said.shortFen ?? 0;
  return section(
    w('truth.title'),
    facts(
      job.allowanceFen === null
        ? [w('truth.agreed'), sum(said.agreedFen)]
        : [w('truth.allowance'), sum(job.allowanceFen)],
      [w('truth.due'), sum(said.dueFen)],
      [
        w('truth.deduction'),
        said.deductionFen
          ? `${money(said.deductionFen)} ${said.deductionReason ? w(`deduction.${said.deductionReason}`) : ''}`
          : null,
      ],
      [w('truth.sheet'), sum(said.sheetPaidFen)],
      [w('truth.paid'), sum(said.paidFen)],
    ),
    short > 0 && h('p', { class: 'notice bad' }, w('truth.short', { money: money(short) })),
    said.paidFen !== null && !said.comparable && h('p', { class: 'hint' }, w('truth.unknown')),
  );
}

/** The ways out: to cancel, with what the rules make of it, and to say that something is not so. */
export function ending(slug: string, job: Job, rules: Rules, draw: () => void) {
  const worker = job.viewer === 'WORKER';
  // The hiring party declines what is not confirmed; only a place is cancelled, and none once the wage may be owed.
  const cancels = worker ? CANCELLED.includes(job.status) : job.status === 'CONFIRMED' && !isOver(job);
  const ofWorker = worker && (isUnseen(job) || job.status === 'CANCELLED_BY_PARTY');
  const disputes = (DISPUTED.includes(job.status) || ofWorker) && !job.disputedAt;
  if (!cancels && !disputes && !job.disputedAt) return null;
  return section(
    w('ending.title'),
    job.disputedAt &&
      h(
        'p',
        { class: 'notice' },
        w('dispute.said', { at: moment(job.disputedAt), words: job.disputeWords ?? '' }),
        ' ',
        w('dispute.looked'),
      ),
    job.disputedBy === job.viewer &&
      sureButton(
        w('dispute.back'),
        h('p', null, w('dispute.backMeans')),
        w('dispute.backYes'),
        doing(draw, (act) => act.run(slug, SettleDocument, { id: job.id, version: job.version })),
      ),
    disputes && unfold(w('dispute.button'), dispute(slug, job, draw)),
    cancels && cancel(slug, job, rules, draw),
  );
}

function dispute(slug: string, job: Job, draw: () => void) {
  const words = textField({ name: 'words', label: w('dispute.words'), rows: 4, maxlength: 500, required: true });
  const { id, version } = job;
  const run = doing(draw, (act) => act.run(slug, DisputeDocument, { id, version, words: words.value() }));
  return form(() => [words], words.box, w('dispute.send'), run);
}

/** Before the confirmation nobody has to say why; afterwards the reason decides, so none is chosen beforehand. */
function cancel(slug: string, job: Job, rules: Rules, draw: () => void) {
  const confirmed = job.status === 'CONFIRMED';
  const reason = choiceField('reason', w('cancel.reason'), [
    ['', w('form.choose')],
    ...REASONS[job.viewer].map((key) => [key, w(`reason.${key}`)] as const),
  ]);
  const { id, version } = job;
  const run = doing(draw, (act) => {
    const why = confirmed ? (reason.value() as CancelReason) : 'OTHER';
    return act.run(slug, CancelDocument, { id, version, reason: why, behalf: null });
  });
  const sure = async () => {
    if (!confirmed || reason.value()) return run();
    reason.say(w('form.needed'));
    reason.focus();
    return null;
  };
  return sureButton(
    w(!confirmed ? 'cancel.application' : job.viewer === 'WORKER' ? 'cancel.place' : 'cancel.placeParty'),
    h('div', null, h('p', null, follows(job, rules)), confirmed && reason.box),
    w('cancel.yes'),
    sure,
  );
}

/** The same hours for both sides, and what each of them owes for it. */
export function follows(job: Pick<Job, 'status' | 'viewer'>, rules: Rules): string {
  if (job.status !== 'CONFIRMED') return w('cancel.free');
  const late =
    job.viewer === 'WORKER'
      ? w('cancel.points', { points: rules.lateCancelPoints, days: rules.pointsDays, limit: rules.pointsLimit })
      : rules.allowancePercent === null
        ? w('cancel.lane', { days: rules.fastLaneDays })
        : sentences(
            w('cancel.allowance', { percent: rules.allowancePercent }),
            rules.allowanceDays === null
              ? w('allowance.noDays')
              : w('cancel.allowanceDays', { days: rules.allowanceDays }),
          );
  return sentences(
    w('cancel.rule', { hours: rules.noticeHours, minutes: rules.graceMinutes }),
    late,
    w('cancel.emergency'),
  );
}
