import type { EngagementRowFragment, EngagementStatus } from '../gql/graphql';

type Row = EngagementRowFragment;

/** A shift of today with everybody who has to do with it. */
export interface ShiftGroup {
  shiftId: string;
  job: Row['job'];
  partyName: string;
  /** In the order of their steps; those on the stand-by list and those that came to nothing apart. */
  rows: Row[];
  standby: Row[];
  over: Row[];
  counts: { status: EngagementStatus; n: number }[];
}

const ORDER: EngagementStatus[] = ['APPLIED', 'CONTACTED', 'AGREED', 'CONFIRMED', 'ARRIVED', 'COMPLETED', 'PAID'];
export const OVER: readonly EngagementStatus[] = [
  'DECLINED',
  'CANCELLED_BY_WORKER',
  'CANCELLED_BY_PARTY',
  'NO_SHOW',
  'LAPSED',
];
const COUNTED: EngagementStatus[] = [...ORDER, 'STANDBY', ...OVER];

/** Everybody of a day by shift, the first to begin first, each with how many stand where. */
export function byShift(rows: readonly Row[]): ShiftGroup[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.job.shiftId, [...(groups.get(row.job.shiftId) ?? []), row]);
  return [...groups.values()]
    .map(groupOf)
    .sort((a, b) => a.job.startsAt.localeCompare(b.job.startsAt) || a.shiftId.localeCompare(b.shiftId));
}

function groupOf(all: Row[]): ShiftGroup {
  const first = all[0] as Row;
  const at = (row: Row) => ORDER.indexOf(row.status);
  return {
    shiftId: first.job.shiftId,
    job: first.job,
    partyName: first.partyName,
    rows: all.filter((r) => at(r) >= 0).sort((a, b) => at(a) - at(b) || a.appliedAt.localeCompare(b.appliedAt)),
    standby: all.filter((r) => r.status === 'STANDBY').sort((a, b) => (a.standbyNo ?? 0) - (b.standbyNo ?? 0)),
    over: all.filter((r) => OVER.includes(r.status)),
    counts: COUNTED.map((status) => ({ status, n: all.filter((r) => r.status === status).length })).filter(
      ({ n }) => n > 0,
    ),
  };
}

/** What can be confirmed, alone or in a group. */
export const waits = (row: Pick<Row, 'status'>) => ['APPLIED', 'CONTACTED', 'AGREED'].includes(row.status);
