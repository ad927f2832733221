import type { CaseFilter, CaseOrder, CaseStatus } from '../gql/graphql';

export const CASE_STATUSES: readonly CaseStatus[] = ['RECEIVED', 'ACCEPTED', 'DECIDED', 'WITHDRAWN'];
const WHICH = ['mine', 'offered', 'late'] as const;

/** What the list of cases shows, as it stands in the address bar. */
export interface CaseSearch {
  status?: CaseStatus;
  kind?: string;
  which?: (typeof WHICH)[number];
  order?: CaseOrder;
}

export function readCaseSearch(raw: Record<string, unknown>): CaseSearch {
  const search: CaseSearch = {};
  const status = CASE_STATUSES.find((name) => name === raw.status);
  if (status) search.status = status;
  if (typeof raw.kind === 'string' && /^[\w.-]{1,40}$/.test(raw.kind)) search.kind = raw.kind;
  const which = WHICH.find((name) => name === raw.which);
  if (which) search.which = which;
  if (raw.order === 'OPENED_AT') search.order = raw.order;
  return search;
}

export function toCaseFilter({ status, kind, which }: CaseSearch): CaseFilter {
  return {
    ...(status ? { status } : {}),
    ...(kind ? { kind } : {}),
    ...(which === 'mine' ? { mine: true } : {}),
    ...(which === 'offered' ? { offeredToMe: true } : {}),
    ...(which === 'late' ? { breached: true } : {}),
  };
}
