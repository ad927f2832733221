import type { Permission } from '../app/permissions';
import type { EngagementRowFragment } from '../gql/graphql';

export type Act =
  | 'contact'
  | 'agree'
  | 'confirm'
  | 'decline'
  | 'arrive'
  | 'noShow'
  | 'complete'
  | 'pay'
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
  complete: 'engagement.complete',
  pay: 'engagement.record_pay',
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
  COMPLETED: ['pay', 'dispute'],
  PAID: ['dispute'],
  NO_SHOW: ['dispute'],
};

/** What whoever looks may do with it; the server decides again. */
export function actsOf(
  row: Pick<EngagementRowFragment, 'status' | 'disputedAt'>,
  can: (permission: Permission) => boolean,
): Act[] {
  const next = NEXT[row.status] ?? [];
  const all: Act[] = row.disputedAt ? ['settle', ...next.filter((act) => act !== 'dispute')] : next;
  return all.filter((act) => can(MAY[act]));
}
