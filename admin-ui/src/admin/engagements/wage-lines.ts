import dayjs from 'dayjs';
import type { Outcome } from '../app/outcome';
import type { DeductionReason, EngagementRowFragment, PayMethod, WageLineInput } from '../gql/graphql';
import { toFen } from '../kit/money';
import type { Sheet } from './wage-sheets';

/** A line as it is typed: amounts in yuan, under the names the server gives them, so that a refusal finds its field. */
export interface Line {
  included: boolean;
  engagementId: string;
  workerName: string | null;
  minutes: number | null;
  pieces: number | null;
  dueFen: number | null;
  deductionFen: number | null;
  deductionReason: DeductionReason | null;
  paidFen: number | null;
  method: PayMethod;
  paidAt: string;
  /** Is a proof kept already? It stays unless another is chosen. */
  proven: boolean;
  proof: File | null;
}

const ZONE = 'Asia/Shanghai';

/** A moment of Shanghai, as `datetime-local` has it. */
export const local = (at: string) =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: ZONE })
    .format(new Date(at))
    .replace(' ', 'T');

/** The lines of a sheet that is known. */
export const linesOfSheet = (sheet: Sheet): Line[] =>
  sheet.lines.map((l) => ({
    ...{ included: true, engagementId: l.engagementId, workerName: l.workerName, minutes: l.minutes },
    ...{ pieces: l.pieces, dueFen: l.dueFen / 100, paidFen: l.paidFen / 100 },
    deductionFen: l.deductionFen ? l.deductionFen / 100 : null,
    ...{ deductionReason: l.deductionReason, method: l.method, paidAt: local(l.paidAt) },
    ...{ proven: l.proven, proof: null },
  }));

/** A line for everybody who was there: the hours of the shift, and a day's wage where it is paid by the day. */
export const linesOfWork = (rows: readonly EngagementRowFragment[], now: string): Line[] =>
  rows.map(({ id, workerName, job }) => {
    const whole = job.wageUnit === 'DAY' || job.wageUnit === 'JOB' ? job.wageFen / 100 : null;
    return {
      ...{ included: true, engagementId: id, workerName },
      minutes: Math.max(dayjs(job.endsAt).diff(job.startsAt, 'minute') - job.breakMinutes, 0),
      ...{ pieces: null, dueFen: whole, deductionFen: null, deductionReason: null, paidFen: whole },
      ...{ method: 'BANK', paidAt: now, proven: false, proof: null },
    };
  });

/** What is sent: only those who are included, each with the upload of its proof. */
export const sentOf = (lines: readonly Line[], proofs: ReadonlyMap<File, string>): WageLineInput[] =>
  lines
    .filter(({ included }) => included)
    .map((l) => ({
      engagementId: l.engagementId,
      minutes: l.minutes ?? 0,
      pieces: l.pieces,
      dueFen: toFen(l.dueFen) ?? 0,
      deductionFen: toFen(l.deductionFen),
      deductionReason: l.deductionFen ? l.deductionReason : null,
      paidFen: toFen(l.paidFen) ?? 0,
      method: l.method,
      paidAt: `${l.paidAt.slice(0, 16)}:00+08:00`,
      proof: (l.proof && proofs.get(l.proof)) ?? null,
    }));

/** The server counts the lines it was sent; the form has those too that were left out. */
export function atLine<S>(outcome: Outcome<S>, lines: readonly Line[]): Outcome<S> {
  if (outcome.kind !== 'refused' || !outcome.field) return outcome;
  const sent = /^lines[.[](\d+)\]?(.*)$/.exec(outcome.field);
  if (!sent) return outcome;
  const shown = lines.flatMap((line, index) => (line.included ? [index] : []))[Number(sent[1])];
  return shown === undefined ? outcome : { ...outcome, field: `lines.${shown}${sent[2]}` };
}
