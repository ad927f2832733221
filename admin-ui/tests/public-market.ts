import { vi } from 'vitest';

export const city = {
  code: '140100',
  slug: 'taiyuan',
  nameZh: '太原市',
  nameEn: 'Taiyuan',
  hotline: null as string | null,
};

/** A market of whose hour its staff said much, all of which holds for an hour. */
export const market = (openNow: boolean) => ({
  id: 'market_1',
  slug: '坞城驿站',
  name: '坞城零工市场',
  alias: null,
  nature: 'PUBLIC',
  divisionName: '太原市小店区',
  address: '坞城路 200 号',
  hoursText: '04:30—11:00',
  hoursToday: ['04:30—11:00'],
  openNow,
  crowd: { level: 'FULL', reportedAt: '2026-11-26T10:55:00+08:00', expiresAt: '2026-11-26T11:55:00+08:00' },
  queueNumbers: { lastCalled: 12, waiting: 7 },
  mapLinks: null,
  trades: [],
  otherTrades: [],
  contacts: [],
  services: [],
  facilities: [],
  bays: [],
  distanceMetres: null,
  transparency: { hotline: null, complaintChannels: [], emptyText: null },
});

/** A server that knows this one market of this city. */
export function serve(of: typeof city, only: object) {
  const list = { totalCount: 1, pageInfo: { hasNextPage: false, endCursor: null }, edges: [{ node: only }] };
  const data = { city: of, publicMarket: only, directory: list, divisions: [], trades: [] };
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ data })));
}
