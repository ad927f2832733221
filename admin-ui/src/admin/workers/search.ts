import type { AgeBand, WorkerFilter, WorkerOrder, WorkerStatus } from '../gql/graphql';

export const WORKER_TABS = ['list', 'statistics', 'parameters'] as const;
export type WorkerTab = (typeof WORKER_TABS)[number];
export const AGE_BANDS: readonly AgeBand[] = ['MINOR', 'ADULT', 'OLDER', 'OVER_AGE'];
export const WORKER_STATUSES: readonly WorkerStatus[] = ['ACTIVE', 'CLOSED'];
export const YES_NO = ['looking', 'steadyJob', 'training'] as const;

/** What the list of workers shows, as it stands in the address bar. A whole number never does. */
export interface WorkerSearch {
  tab?: Exclude<WorkerTab, 'list'>;
  name?: string;
  trade?: string;
  county?: string;
  market?: string;
  age?: AgeBand;
  status?: WorkerStatus;
  looking?: 'yes' | 'no';
  steadyJob?: 'yes' | 'no';
  training?: 'yes' | 'no';
  order?: WorkerOrder;
}

export function readWorkerSearch(raw: Record<string, unknown>): WorkerSearch {
  const search: WorkerSearch = {};
  const tab = WORKER_TABS.find((name) => name === raw.tab);
  if (tab && tab !== 'list') search.tab = tab;
  for (const key of ['name', 'trade', 'county', 'market'] as const) {
    const text = raw[key];
    if (typeof text === 'string' && text.trim() && !/\d{8}/.test(text)) search[key] = text.trim();
  }
  const age = AGE_BANDS.find((name) => name === raw.age);
  if (age) search.age = age;
  const status = WORKER_STATUSES.find((name) => name === raw.status);
  if (status) search.status = status;
  for (const key of YES_NO) if (raw[key] === 'yes' || raw[key] === 'no') search[key] = raw[key];
  if (raw.order === 'UPDATED_AT') search.order = raw.order;
  return search;
}

const yesNo = (value: 'yes' | 'no' | undefined) => (value === undefined ? undefined : value === 'yes');

export function toWorkerFilter(s: WorkerSearch): WorkerFilter {
  const filter = {
    name: s.name,
    trade: s.trade,
    county: s.county,
    marketId: s.market,
    ageBand: s.age,
    status: s.status,
    looking: yesNo(s.looking),
    steadyJob: yesNo(s.steadyJob),
    training: yesNo(s.training),
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as WorkerFilter;
}
