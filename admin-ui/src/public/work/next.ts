import { h } from '../dom';
import { section } from '../frame';
import { Act, type Refusal } from './act';
import { AgreeDocument, ArriveDocument, CompleteDocument, ConfirmPayDocument } from './gql/graphql';
import type { Job } from './job';
import { actButton, form, redrawn, textField, unfold } from './kit';
import { fenOf, money, type WorkKey, w, yuan } from './text';

export type Step = (Node | null | false | string)[];

/** So long another sum may be said than was; afterwards only that the rest came. */
const CORRECTED_MS = 7 * 86_400_000;

/** Is the shift over? */
export const isOver = ({ job }: Pick<Job, 'job'>) => Date.now() >= new Date(job.endsAt).getTime();

/** The shift is over, and nobody recorded that anybody came: the code may have been kept from whoever was there. */
export const isUnseen = (job: Pick<Job, 'job' | 'status'>) => job.status === 'CONFIRMED' && isOver(job);

/** What comes next, and the one thing to press for it. */
export function nextStep(slug: string, job: Job, draw: () => void, other: Step | undefined) {
  const said = `${other ? 'nowParty' : 'now'}.${isUnseen(job) ? 'UNSEEN' : job.status}` as WorkKey;
  const block = section(
    w('next.title'),
    h('p', { class: 'big' }, w(said, { n: job.standbyNo ?? '' })),
    ...(other ?? workerStep(slug, job, draw)),
  );
  block.id = 'next';
  return block;
}

/** Does something with a hire and draws the page anew when it was done. */
export function doing(draw: () => unknown, run: (act: Act) => Promise<{ refused?: Refusal | undefined }>) {
  const act = new Act();
  return async () => {
    const { refused } = await run(act);
    if (!refused) await redrawn(draw);
    return refused;
  };
}

export function agreeButton(slug: string, job: Job, draw: () => void) {
  if (job.agreedFirst === job.viewer) return h('p', { class: 'hint' }, w('agree.waiting'));
  const { id, version } = job;
  return actButton(
    w(job.agreedFirst ? 'agree.too' : 'agree.first'),
    doing(draw, (act) => act.run(slug, AgreeDocument, { id, version })),
  );
}

export function completeButton(
  slug: string,
  { id, version }: Job,
  draw: () => void,
  label: WorkKey = 'complete.button',
) {
  return actButton(
    w(label),
    doing(draw, (act) => act.run(slug, CompleteDocument, { id, version })),
  );
}

function workerStep(slug: string, job: Job, draw: () => void): Step {
  switch (job.status) {
    case 'APPLIED':
    case 'CONTACTED':
      return [agreeButton(slug, job, draw)];
    case 'CONFIRMED':
      return [isUnseen(job) ? completeButton(slug, job, draw, 'complete.unseen') : arrive(slug, job, draw)];
    case 'ARRIVED':
      return [completeButton(slug, job, draw)];
    case 'COMPLETED':
      return [pay(slug, job, draw)];
    case 'PAID':
      return [correction(slug, job, draw)];
    case 'CANCELLED_BY_PARTY':
      return job.allowanceFen !== null && !job.paidAt ? [pay(slug, job, draw)] : [];
    default:
      return [];
  }
}

/** The four digits stand on the hiring party's screen: whoever types them is there. */
function arrive(slug: string, job: Job, draw: () => void) {
  const code = textField({
    name: 'code',
    label: w('arrive.code'),
    hint: w('arrive.hint'),
    inputmode: 'numeric',
    maxlength: 4,
    required: true,
  });
  const run = doing(draw, (act) => act.run(slug, ArriveDocument, { id: job.id, code: code.value() }));
  return form(() => [code], code.box, w('arrive.button'), run);
}

/** Whoever pressed wrongly says it anew; later only the rest can have come. */
function correction(slug: string, job: Job, draw: () => void) {
  const fresh = job.paidAt !== null && Date.now() < new Date(job.paidAt).getTime() + CORRECTED_MS;
  if (!fresh && (job.wageTruth?.shortFen ?? 0) <= 0) return null;
  return unfold(w(fresh ? 'pay.correct' : 'pay.rest'), pay(slug, job, draw, fresh));
}

/** Paid is what the worker says: how much, or nothing; of a wage, or of the allowance for a place that was cancelled late. */
function pay(slug: string, job: Job, draw: () => void, orNothing = true) {
  const truth = job.wageTruth;
  const said = job.status === 'PAID' ? truth?.paidFen : null;
  const expected = job.allowanceFen ?? said ?? truth?.sheetPaidFen ?? truth?.dueFen ?? truth?.agreedFen ?? null;
  const { id, version } = job;
  const paid = textField({
    name: 'paidFen',
    label: w('pay.howMuch'),
    value: expected === null ? '' : yuan(expected),
    inputmode: 'decimal',
    maxlength: 12,
    required: true,
  });
  const send = async (): Promise<Refusal | null | undefined> => {
    const paidFen = fenOf(paid.value());
    if (paidFen === null) return { code: 'MONEY', message: w('pay.bad'), field: 'paidFen' };
    return doing(draw, (act) => act.run(slug, ConfirmPayDocument, { id, version, paidFen }))();
  };
  return h(
    'div',
    null,
    job.allowanceFen !== null
      ? h('p', null, w('pay.allowance', { money: money(job.allowanceFen) }))
      : truth?.agreedFen != null && h('p', null, w('pay.agreed', { money: money(truth.agreedFen) })),
    form(() => [paid], paid.box, w('pay.yes'), send),
    orNothing &&
      actButton(
        w('pay.nothing'),
        doing(draw, (act) => act.run(slug, ConfirmPayDocument, { id, version, paidFen: 0 })),
        true,
      ),
  );
}
