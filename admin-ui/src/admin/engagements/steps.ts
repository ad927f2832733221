import type { Permission } from '../app/permissions';
import type { EngagementRowFragment } from '../gql/graphql';

export type Act =
  | 'contact'
  | 'agree'
  | 'confirm'
  | 'decline'
  | 'arrive'
  | 'noShow'
  | 'cameAfterAll'
  | 'complete'
  | 'pay'
  | 'correct'
  | 'settle'
  | 'dispute'
  | 'cancel';

const MAY: Record<Act, Permission> = {
  contact: 'engagement.confirm',
  agree: 'engagement.talk',
  confirm: 'engagement.confirm',
  decline: 'engagement.confirm',
  arrive: 'engagement.arrive',
  noShow: 'engagement.arrive',
  cameAfterAll: 'engagement.arrive',
  complete: 'engagement.complete',
  pay: 'engagement.record_pay',
  correct: 'engagement.record_pay',
  settle: 'engagement.complete',
  dispute: 'engagement.complete',
  cancel: 'engagement.cancel',
};

/** Where an engagement stands, what the staff can do next: the next step first. */
const NEXT: Partial<Record<EngagementRowFragment['status'], Act[]>> = {
  APPLIED: ['confirm', 'contact', 'agree', 'decline', 'cancel'],
  CONTACTED: ['confirm', 'agree', 'decline', 'cancel'],
  AGREED: ['confirm', 'decline', 'cancel'],
  STANDBY: ['decline', 'cancel'],
  CONFIRMED: ['arrive', 'noShow', 'cancel'],
  ARRIVED: ['complete', 'dispute'],
  COMPLETED: ['pay', 'noShow', 'dispute'],
  PAID: ['correct', 'dispute'],
  NO_SHOW: ['cameAfterAll', 'dispute'],
  CANCELLED_BY_PARTY: ['dispute'],
};

type Row = Pick<EngagementRowFragment, 'status' | 'disputedAt' | 'arrivedAt' | 'paidAt' | 'allowanceFen'> & {
  /** Known where one engagement is looked at, or wages that are owed. */
  wageTruth?: { shortFen?: number | null } | null;
};

/** So long another sum may be said than was; afterwards only that the rest came. */
const CORRECTED_MS = 7 * 86_400_000;

const correctable = ({ paidAt, wageTruth }: Row, now: number) =>
  (wageTruth?.shortFen ?? 0) > 0 || (!!paidAt && now < Date.parse(paidAt) + CORRECTED_MS);

/** Does nothing that is known of it speak against the step? */
function fits(act: Act, row: Row, now: number): boolean {
  if (act === 'correct') return correctable(row, now);
  // Whoever was seen to come is no no-show afterwards.
  if (act === 'noShow') return row.arrivedAt === null;
  return act !== 'dispute' || !row.disputedAt;
}

/** What whoever looks may do with it; the server decides again. */
export function actsOf(row: Row, can: (permission: Permission) => boolean, now = Date.now()): Act[] {
  // An allowance for a place that was cancelled is confirmed like a wage.
  const owed: Act[] = row.allowanceFen && !row.paidAt ? ['pay'] : [];
  const next = [...owed, ...(NEXT[row.status] ?? [])].filter((act) => fits(act, row, now));
  const all: Act[] = row.disputedAt ? ['settle', ...next] : next;
  return all.filter((act) => can(MAY[act]));
}
