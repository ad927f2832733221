import type { PostingFilter, PostingOrder, PostingStatus } from '../gql/graphql';

/** Every filter of the list as it stands in the address bar. */
export interface PostingSearch {
  q?: string;
  trade?: string;
  place?: string;
  party?: string;
  market?: string;
  status?: string;
  kind?: string;
  engagement?: string;
  payDay?: string;
  source?: string;
  instant?: 'yes' | 'no';
  priority?: 'yes' | 'no';
  stale?: 'yes' | 'no';
  from?: string;
  to?: string;
  number?: string;
  order?: PostingOrder;
}

export const ENUMS = {
  status: ['DRAFT', 'IN_REVIEW', 'RETURNED', 'PUBLISHED', 'FILLED', 'CLOSED', 'EXPIRED', 'WITHDRAWN', 'TAKEN_DOWN'],
  kind: ['ODD_JOB', 'INTERNSHIP'],
  engagement: ['TEMPORARY', 'PART_TIME', 'PHASED'],
  payDay: ['ON_COMPLETION', 'DAILY', 'WEEKLY', 'HALF_MONTHLY', 'MONTHLY'],
  source: ['COUNTER', 'ONLINE', 'EMPLOYER_VISIT', 'AGENCY_FEED'],
} as const;
export type EnumFilter = keyof typeof ENUMS;

/** Which catalogue group words an enum filter's values. */
export const TERM_GROUPS: Record<EnumFilter, string> = {
  status: 'postingStatus',
  kind: 'postingKind',
  engagement: 'engagementType',
  payDay: 'payDay',
  source: 'postingSource',
};

export const YES_NO = ['instant', 'priority', 'stale'] as const;
const TEXTS = ['q', 'trade', 'place', 'party', 'market', 'number'] as const;
const DAYS = ['from', 'to'] as const;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Reads the address bar; what does not belong there is left out rather than sent on. */
export function readPostingSearch(raw: Record<string, unknown>): PostingSearch {
  const search: PostingSearch = {};
  for (const key of TEXTS) {
    const value = raw[key];
    if ((typeof value === 'string' || typeof value === 'number') && value !== '') search[key] = String(value);
  }
  for (const key of Object.keys(ENUMS) as EnumFilter[])
    if ((ENUMS[key] as readonly string[]).includes(raw[key] as string)) search[key] = raw[key] as string;
  for (const key of YES_NO) if (raw[key] === 'yes' || raw[key] === 'no') search[key] = raw[key];
  for (const key of DAYS) if (typeof raw[key] === 'string' && DATE.test(raw[key])) search[key] = raw[key];
  if (raw.order === 'START' || raw.order === 'UPDATED_AT') search.order = raw.order;
  return search;
}

const yesNo = (value: 'yes' | 'no' | undefined) => (value === undefined ? undefined : value === 'yes');

export function toPostingFilter(s: PostingSearch): PostingFilter {
  const filter = {
    search: s.q,
    trade: s.trade,
    county: s.place,
    partyId: s.party,
    marketId: s.market,
    statuses: s.status ? [s.status as PostingStatus] : undefined,
    kind: s.kind,
    engagement: s.engagement,
    payDay: s.payDay,
    source: s.source,
    instant: yesNo(s.instant),
    priority: yesNo(s.priority),
    stale: yesNo(s.stale),
    // A day is meant as Shanghai counts it, the last one included.
    from: s.from ? `${s.from}T00:00:00+08:00` : undefined,
    to: s.to ? `${s.to}T23:59:59+08:00` : undefined,
    externalId: s.number,
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as PostingFilter;
}

export function countFilters({ order: _, ...search }: PostingSearch): number {
  return Object.keys(search).length;
}
