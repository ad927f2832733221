import type { AgencyFilter, LicenceState } from '../gql/graphql';

/** Every filter of the list as it stands in the address bar. */
export interface AgencySearch {
  q?: string;
  place?: string;
  state?: LicenceState;
  before?: string;
  registered?: 'yes' | 'no';
}

export const STATES: LicenceState[] = ['VALID', 'UNVERIFIED', 'EXPIRED', 'SUSPENDED', 'REVOKED'];
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Reads the address bar; what does not belong there is left out rather than sent on. */
export function readAgencySearch(raw: Record<string, unknown>): AgencySearch {
  const search: AgencySearch = {};
  for (const key of ['q', 'place'] as const) {
    const value = raw[key];
    if ((typeof value === 'string' || typeof value === 'number') && value !== '') search[key] = String(value);
  }
  const state = STATES.find((one) => one === raw.state);
  if (state) search.state = state;
  if (typeof raw.before === 'string' && DATE.test(raw.before)) search.before = raw.before;
  if (raw.registered === 'yes' || raw.registered === 'no') search.registered = raw.registered;
  return search;
}

export function toAgencyFilter(s: AgencySearch): AgencyFilter {
  const filter = {
    search: s.q,
    county: s.place,
    licenceState: s.state,
    expiresBefore: s.before,
    registered: s.registered === undefined ? undefined : s.registered === 'yes',
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as AgencyFilter;
}

export const AGENCY_TABS = [
  'overview',
  'branches',
  'prices',
  'displayed',
  'inspections',
  'ledger',
  'receipts',
  'reports',
  'history',
] as const;
export type AgencyTab = (typeof AGENCY_TABS)[number];
