import { describe, expect, it } from 'vitest';
import type { MarketFormFragment, MarketInput } from '../src/admin/gql/graphql';
import { differences, merge } from '../src/admin/kit/conflict-rules';
import { FIELDS } from '../src/admin/markets/form/compared';
import {
  ALL_DAYS,
  fromMarket,
  hoursFrom,
  hoursToInput,
  isTime,
  tidyTime,
  toMarketInput,
} from '../src/admin/markets/form/values';

const market: MarketFormFragment = {
  id: 'm1',
  version: 4,
  officialName: '小店区零工市场',
  alias: '小店驿站',
  aliasBasis: 'OFFICIAL',
  nature: 'PUBLIC',
  operatorKind: 'HRSS_DIRECT',
  operatorName: null,
  licenceNo: null,
  licenceUntil: null,
  publicInterest: true,
  layout: null,
  remark: null,
  areaSquareMetres: 180,
  address: {
    text: '人民南路 88 号',
    village: '坞城村',
    villageCode: '140105006201',
    division: { code: '140105006', name: '小店街道', fullName: '太原市小店区小店街道' },
    point: { lat: 37.73, lng: 112.56, crs: 'CGCS2000' },
  },
  hours: [
    { season: 'SUMMER', fromMonth: 4, toMonth: 10, weekdays: ['MONDAY', 'SUNDAY'], opens: '16:30', closes: '+01:00' },
  ],
  trades: [{ code: '6-29-01-01', name: '砌筑工', needsCertificate: false }],
  otherTrades: ['吊装'],
  contacts: [{ label: '值班室', phoneDisplay: '0351-5278313转801', public: true }],
  services: ['POLICY_ADVICE'],
  seekerScale: { low: 180, high: 220, approximate: true, method: 'DECLARED', overrideReason: null, asOf: '2026-11-01' },
  dailySuccesses: null,
};

describe('the market form', () => {
  it('gives back exactly what it was filled with', () => {
    expect(toMarketInput(fromMarket(market))).toEqual({
      officialName: '小店区零工市场',
      alias: '小店驿站',
      aliasBasis: 'OFFICIAL',
      nature: 'PUBLIC',
      operatorKind: 'HRSS_DIRECT',
      operatorName: null,
      licenceNo: null,
      licenceUntil: null,
      publicInterest: true,
      layout: null,
      remark: null,
      areaSquareMetres: 180,
      address: {
        division: '140105006',
        village: '坞城村',
        villageCode: '140105006201',
        text: '人民南路 88 号',
        point: { lat: 37.73, lng: 112.56, crs: 'CGCS2000' },
      },
      hours: [
        {
          season: 'SUMMER',
          fromMonth: 4,
          toMonth: 10,
          weekdays: ['MONDAY', 'SUNDAY'],
          opens: '16:30',
          closes: '+01:00',
        },
      ],
      trades: ['6-29-01-01', '吊装'],
      contacts: [{ label: '值班室', phone: '0351-5278313转801', public: true }],
      services: ['POLICY_ADVICE'],
      seekerScale: {
        low: 180,
        high: 220,
        approximate: true,
        method: 'DECLARED',
        overrideReason: null,
        asOf: '2026-11-01',
      },
      dailySuccesses: null,
    });
  });

  it('sends no half point: a number without its partner is left out', () => {
    const values = fromMarket(market);
    expect(
      toMarketInput({ ...values, address: { ...values.address, point: { lat: 37.7, lng: null, crs: 'WGS84' } } })
        .address.point,
    ).toBeNull();
  });

  it('sends a point without its reference system as it is, so that the server says what is missing', () => {
    const values = fromMarket(market);
    expect(
      toMarketInput({ ...values, address: { ...values.address, point: { lat: 37.7, lng: 112.5 } } }).address.point,
    ).toEqual({ lat: 37.7, lng: 112.5, crs: null });
  });

  it('keeps a reason only where the figure was overridden', () => {
    const values = {
      ...fromMarket(market),
      seekerScale: { low: 10, method: 'COUNTED' as const, overrideReason: '旧原因', asOf: '2026-11-01' },
    };
    expect(toMarketInput(values).seekerScale).toEqual({
      low: 10,
      high: 10,
      approximate: false,
      method: 'COUNTED',
      overrideReason: null,
      asOf: '2026-11-01',
    });
  });

  it.each([
    ['4:30', '04:30'],
    ['０４：３０', '04:30'],
    ['8', '08:00'],
    ['24:00', '24:00'],
    ['天亮', '天亮'],
  ])('reads the time %s as %s', (typed, read) => {
    expect(tidyTime(typed)).toBe(read);
  });

  it('takes only times that exist', () => {
    expect(['00:00', '23:59', '24:00'].every(isTime)).toBe(true);
    expect(['24:01', '25:00', '7:00', '天亮', '12:60'].some(isTime)).toBe(false);
  });

  it('says past midnight with a plus, and the whole year without months', () => {
    const night = hoursFrom({
      season: 'ALL_YEAR',
      fromMonth: null,
      toMonth: null,
      weekdays: ['MONDAY'],
      opens: '16:30',
      closes: '+01:00',
    });
    expect(night).toMatchObject({ closes: '01:00', nextDay: true });
    expect(hoursToInput(night)).toMatchObject({ closes: '+01:00', fromMonth: null, toMonth: null });
  });

  it.each([
    ['of the grapes', 8, 10],
    ['over the new year', 11, 3],
    ['of one month', 1, 1],
  ])('gives back the months %s, also where the season is the whole year', (_, fromMonth, toMonth) => {
    const hours = [
      { season: 'ALL_YEAR' as const, fromMonth, toMonth, weekdays: [...ALL_DAYS], opens: '05:00', closes: '12:00' },
    ];
    expect(toMarketInput(fromMarket({ ...market, hours })).hours).toEqual(hours);
  });

  it.each([
    ['ALL_YEAR', null, null],
    ['SUMMER', 1, 12],
  ] as const)('shows twelve months of %s from %s to %s', (season, fromMonth, toMonth) => {
    const asked = { season, fromMonth: 1, toMonth: 12, weekdays: [...ALL_DAYS], opens: '05:00', closes: '12:00' };
    expect(hoursFrom(asked)).toMatchObject({ season, fromMonth, toMonth });
  });
});

describe('two versions of a market', () => {
  const base = toMarketInput(fromMarket(market));
  const change = (part: Partial<MarketInput>): MarketInput => ({ ...structuredClone(base), ...part });

  it('that are the same have nothing to choose', () => {
    expect(differences(FIELDS, base, change({}), change({}))).toEqual([]);
  });

  it('propose mine where only I changed, theirs where only they did, and nobody where both did', () => {
    const mine = change({ remark: '我的', alias: '东门' });
    const theirs = change({ alias: '西门', areaSquareMetres: 200 });
    expect(differences(FIELDS, base, mine, theirs).map((d) => [d.field, d.proposed])).toEqual([
      ['alias', null],
      ['remark', 'mine'],
      ['areaSquareMetres', 'theirs'],
    ]);
  });

  it('are merged field by field, the address in its parts', () => {
    const mine = change({ remark: '我的', address: { ...base.address, text: '新街 1 号' } });
    const theirs = change({ remark: '他们的', address: { ...base.address, division: '140105001' } });
    const merged = merge(FIELDS, mine, theirs, {
      remark: 'mine',
      'address.division': 'theirs',
      'address.text': 'mine',
    });
    expect(merged.remark).toBe('我的');
    expect(merged.address).toEqual({ ...base.address, text: '新街 1 号', division: '140105001' });
    expect(mine.address.division).toBe('140105006');
  });
});
