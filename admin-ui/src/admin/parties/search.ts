import type { HiringPartyFilter, HiringPartyOrder } from '../gql/graphql';

/** Every filter of the list as it stands in the address bar. */
export interface PartySearch {
  q?: string;
  phone?: string;
  place?: string;
  market?: string;
  kind?: string;
  status?: string;
  fastLane?: 'yes' | 'no';
  stale?: 'yes' | 'no';
  order?: HiringPartyOrder;
}

export const ENUMS = {
  kind: [
    'ENTERPRISE',
    'INDIVIDUAL_BUSINESS',
    'COOPERATIVE',
    'PUBLIC_INSTITUTION',
    'ASSOCIATION',
    'HOUSEHOLD',
    'GANG_LEADER',
  ],
  status: ['PENDING', 'REJECTED', 'VERIFIED', 'SUSPENDED', 'CLOSED'],
} as const;

export const YES_NO = ['fastLane', 'stale'] as const;
/** A telephone number never stands in an address. */
const TEXTS = ['q', 'place', 'market'] as const;

/** Reads the address bar; what does not belong there is left out rather than sent on. */
export function readPartySearch(raw: Record<string, unknown>): Omit<PartySearch, 'phone'> {
  const search: PartySearch = {};
  for (const key of TEXTS) {
    const value = raw[key];
    if ((typeof value === 'string' || typeof value === 'number') && value !== '') search[key] = String(value);
  }
  for (const key of ['kind', 'status'] as const)
    if ((ENUMS[key] as readonly string[]).includes(raw[key] as string)) search[key] = raw[key] as string;
  for (const key of YES_NO) if (raw[key] === 'yes' || raw[key] === 'no') search[key] = raw[key];
  if (raw.order === 'NAME' || raw.order === 'NEWEST') search.order = raw.order;
  return search;
}

const yesNo = (value: 'yes' | 'no' | undefined) => (value === undefined ? undefined : value === 'yes');

export function toPartyFilter(s: PartySearch): HiringPartyFilter {
  const filter = {
    search: s.q,
    phone: s.phone,
    county: s.place,
    marketId: s.market,
    kind: s.kind,
    status: s.status,
    fastLane: yesNo(s.fastLane),
    stale: yesNo(s.stale),
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as HiringPartyFilter;
}

/** Whose posting is begun. */
export const readParty = (raw: Record<string, unknown>): { party?: string } =>
  typeof raw.party === 'string' && raw.party ? { party: raw.party } : {};

export const PARTY_TABS = [
  'overview',
  'steps',
  'people',
  'rechecks',
  'visits',
  'postings',
  'templates',
  'favourites',
  'history',
] as const;
export type PartyTab = (typeof PARTY_TABS)[number];

export type PartyReviewTab = 'reviews' | 'rechecks';
export const readPartyReviewTab = (raw: Record<string, unknown>): { tab?: PartyReviewTab } =>
  raw.tab === 'rechecks' ? { tab: 'rechecks' } : {};
