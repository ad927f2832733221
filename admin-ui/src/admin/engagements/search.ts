import type { EngagementFilter, EngagementStatus } from '../gql/graphql';

export const TABS = ['today', 'all', 'unpaid', 'points'] as const;
export type EngagementTab = (typeof TABS)[number];

export const STATUSES: readonly EngagementStatus[] = [
  'APPLIED',
  'STANDBY',
  'CONTACTED',
  'AGREED',
  'CONFIRMED',
  'ARRIVED',
  'COMPLETED',
  'PAID',
  'DECLINED',
  'CANCELLED_BY_WORKER',
  'CANCELLED_BY_PARTY',
  'NO_SHOW',
  'LAPSED',
];

/** What the pages of engagements show, as it stands in the address bar. */
export interface EngagementSearch {
  tab?: Exclude<EngagementTab, 'today'>;
  status?: EngagementStatus;
  from?: string;
  to?: string;
  only?: 'disputed' | 'unclosed' | 'warned';
  posting?: string;
  market?: string;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const ONLY = ['disputed', 'unclosed', 'warned'] as const;

export function readEngagementSearch(raw: Record<string, unknown>): EngagementSearch {
  const search: EngagementSearch = {};
  const tab = TABS.find((name) => name === raw.tab);
  if (tab && tab !== 'today') search.tab = tab;
  const status = STATUSES.find((name) => name === raw.status);
  if (status) search.status = status;
  for (const key of ['from', 'to'] as const)
    if (typeof raw[key] === 'string' && DATE.test(raw[key])) search[key] = raw[key];
  const only = ONLY.find((name) => name === raw.only);
  if (only) search.only = only;
  for (const key of ['posting', 'market'] as const) if (typeof raw[key] === 'string') search[key] = raw[key];
  return search;
}

export function toEngagementFilter(search: EngagementSearch): EngagementFilter {
  return {
    ...(search.market ? { marketId: search.market } : {}),
    ...(search.posting ? { postingId: search.posting } : {}),
    ...(search.status ? { status: [search.status] } : {}),
    ...(search.from ? { startsFrom: search.from } : {}),
    ...(search.to ? { startsTo: search.to } : {}),
    ...(search.only ? { [search.only]: true } : {}),
  };
}
