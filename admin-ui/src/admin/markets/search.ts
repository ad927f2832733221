import type { MarketFilter, MarketOrder } from '../gql/graphql';

/** Every filter of the list as it stands in the address bar. */
export interface MarketSearch {
  q?: string;
  trade?: string;
  place?: string;
  village?: string;
  nature?: string;
  operator?: string;
  status?: string;
  layout?: string;
  basis?: string;
  zone?: string;
  facility?: string;
  service?: string;
  annotation?: string;
  provider?: string;
  project?: string;
  publicInterest?: 'yes' | 'no';
  standardised?: 'yes' | 'no';
  early?: 'yes' | 'no';
  bays?: 'yes' | 'no';
  noPoint?: 'yes' | 'no';
  shared?: 'yes' | 'no';
  late?: 'yes' | 'no';
  badCredit?: 'yes' | 'no';
  contractBefore?: string;
  checkBefore?: string;
  licenceBefore?: string;
  minSeekers?: number;
  order?: MarketOrder;
}

export const ENUMS = {
  nature: ['PUBLIC', 'COMMERCIAL', 'SPONTANEOUS'],
  operator: ['HRSS_DIRECT', 'PUBLIC_AGENCY_SIGNBOARD', 'ENTRUSTED', 'LICENSED_AGENCY', 'VOLUNTEER_TEAM', 'NONE'],
  status: ['PLANNED', 'DRAFT', 'LISTED', 'SUSPENDED', 'DELISTED'],
  layout: ['COMPREHENSIVE', 'SECTOR', 'SERVICE_STATION'],
  basis: ['OFFICIAL', 'CUSTOMARY', 'ADDRESS'],
  zone: ['WAITING', 'TALKS', 'POLICY_COUNTER', 'TRAINING', 'RIGHTS', 'REST', 'VEHICLE'],
  facility: [
    'SANITATION',
    'DESKS',
    'EPIDEMIC_PREVENTION',
    'TOOL_LENDING',
    'TOOL_STORAGE',
    'REST_AREA',
    'CHEAP_MEALS',
    'CHEAP_LODGING',
    'SHUTTLE',
    'WATER',
    'HEATING',
    'TOILET',
    'POWER',
    'OTHER',
  ],
  service: ['POLICY_ADVICE', 'SOCIAL_INSURANCE', 'SKILLS_TRAINING', 'ENTREPRENEURSHIP', 'RIGHTS_PROTECTION'],
  annotation: ['TODO', 'SUBMITTED', 'APPROVED', 'REJECTED'],
  provider: ['BAIDU', 'GAODE', 'TENCENT'],
  project: ['NEW_BUILD', 'CONVERSION', 'IDLE_BUILDING', 'FACILITIES', 'ROAD_MARKING'],
} as const;
export type EnumFilter = keyof typeof ENUMS;

/** Which catalogue group words an enum filter's values. */
export const TERM_GROUPS: Record<EnumFilter, string> = {
  nature: 'nature',
  operator: 'operator',
  status: 'status',
  layout: 'layout',
  basis: 'basis',
  zone: 'zone',
  facility: 'facility',
  service: 'service',
  annotation: 'annotation',
  provider: 'provider',
  project: 'construction',
};

export const YES_NO = [
  'publicInterest',
  'standardised',
  'early',
  'bays',
  'noPoint',
  'shared',
  'late',
  'badCredit',
] as const;
const ORDERS: MarketOrder[] = ['NAME', 'UPDATED_AT', 'DIVISION'];
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Reads the address bar; what does not belong there is left out rather than sent on. */
export function readMarketSearch(raw: Record<string, unknown>): MarketSearch {
  const search: MarketSearch = {};
  for (const key of ['q', 'trade', 'place', 'village'] as const) {
    const value = raw[key];
    if ((typeof value === 'string' || typeof value === 'number') && value !== '') search[key] = String(value);
  }
  for (const key of Object.keys(ENUMS) as EnumFilter[]) {
    if ((ENUMS[key] as readonly string[]).includes(raw[key] as string)) search[key] = raw[key] as string;
  }
  for (const key of YES_NO) if (raw[key] === 'yes' || raw[key] === 'no') search[key] = raw[key];
  for (const key of ['contractBefore', 'checkBefore', 'licenceBefore'] as const) {
    if (typeof raw[key] === 'string' && DATE.test(raw[key])) search[key] = raw[key];
  }
  const seekers = Number(raw.minSeekers);
  if (Number.isInteger(seekers) && seekers > 0) search.minSeekers = seekers;
  if (ORDERS.includes(raw.order as MarketOrder)) search.order = raw.order as MarketOrder;
  return search;
}

const yesNo = (value: 'yes' | 'no' | undefined) => (value === undefined ? undefined : value === 'yes');

export function toMarketFilter(s: MarketSearch): MarketFilter {
  const filter = {
    search: s.q,
    trade: s.trade,
    division: s.place,
    village: s.village,
    nature: s.nature,
    operatorKind: s.operator,
    status: s.status,
    layout: s.layout,
    aliasBasis: s.basis,
    zone: s.zone,
    facility: s.facility,
    service: s.service,
    annotation: s.annotation,
    annotationProvider: s.provider,
    projectMode: s.project,
    publicInterest: yesNo(s.publicInterest),
    standardised: yesNo(s.standardised),
    earlyOpening: yesNo(s.early),
    hasBays: yesNo(s.bays),
    withoutPoint: yesNo(s.noPoint),
    zoneShared: yesNo(s.shared),
    projectLate: yesNo(s.late),
    contractEndsBefore: s.contractBefore,
    checkExpiresBefore: s.checkBefore,
    licenceExpiresBefore: s.licenceBefore,
    badCredit: yesNo(s.badCredit),
    minSeekers: s.minSeekers,
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as MarketFilter;
}

export function countFilters({ order: _, ...search }: MarketSearch): number {
  return Object.keys(search).length;
}
