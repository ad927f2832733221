// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/dom';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readProvince, showProvince, toProvinceFilter, writeProvince } from '../src/public/work/province';
import { city } from './public-market';

const WHOLE = '?trade=瓦工&city=140100&county=140105&words=抹灰&from=2030-03-01&to=2030-03-31';

describe('what is sought in the whole province', () => {
  it('stands in the address, and comes back from it', () => {
    const search = readProvince(WHOLE);
    expect(decodeURIComponent(writeProvince(search))).toBe(WHOLE);
    expect(writeProvince(readProvince(''))).toBe('');
  });

  it('is asked for in whole days of Shanxi, the last one with its evening', () => {
    expect(toProvinceFilter(readProvince(WHOLE))).toEqual({
      ...{ trade: '瓦工', city: '140100', county: '140105', search: '抹灰' },
      ...{ from: '2030-03-01T00:00:00+08:00', to: '2030-04-01T00:00:00+08:00' },
    });
    expect(new Set(Object.values(toProvinceFilter(readProvince(''))))).toEqual(new Set([null]));
  });

  it('is no county without its city, and no day that is none', () => {
    expect(readProvince('?county=140105&from=tomorrow&to=2030-03-1')).toMatchObject({ county: '', from: '', to: '' });
  });
});

describe('the page of the province', () => {
  const counties: Record<string, [string, string][]> = {
    '140100': [
      ['140105', '小店区'],
      ['140106', '迎泽区'],
    ],
    '140200': [['140213', '平城区']],
  };
  const filters: Record<string, unknown>[] = [];
  const pace = { shown: 3, withdrawing: 0, withdrawnMedianSeconds: null, withdrawnP95Seconds: null };
  const none = { ...pace, withdrawnLongestSeconds: null };
  const quick = { ...none, withdrawnMedianSeconds: 20, withdrawnP95Seconds: 60, withdrawnLongestSeconds: 90 };
  const paces = [
    {
      ...{ city: '140100', pace: quick },
      channels: [
        { kind: 'PROVINCE', title: '省级归集', pace: quick },
        { kind: 'FEED', title: '开放数据', pace: none },
        { kind: 'PARTNER', title: '合作网站文件', pace: { ...none, withdrawing: 2 } },
      ],
    },
  ];

  beforeEach(() => {
    document.body.innerHTML = '<div id="app"></div>';
    history.replaceState(null, '', '/platform/work');
    filters.length = 0;
    const other = { ...city, code: '140200', slug: 'datong', nameZh: '大同市', nameEn: 'Datong' };
    const cities = [city, other].map((one) => ({ ...one, isPlatform: false }));
    const provincePostings = { pageInfo: { hasNextPage: false, endCursor: null }, edges: [] };
    vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
      const { query, variables } = JSON.parse(String(init.body));
      if (query.includes('provincePostings')) filters.push(variables.filter);
      const divisions = (counties[variables.parent] ?? []).map(([code, name]) => ({
        ...{ code, name, statisticalZone: false },
      }));
      return Promise.resolve(Response.json({ data: { cities, provincePaces: paces, provincePostings, divisions } }));
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  const field = (id: string) => document.getElementById(id) as HTMLInputElement;
  const choose = (id: string, value: string) => fireEvent.change(field(id), { target: { value } });
  const offered = () => [...document.querySelectorAll('#f-county option')].map(({ textContent }) => textContent);

  it('says of each city how long what was withdrawn stood here, and on which of its channels some still stand', async () => {
    await showProvince();
    const lines = [...document.querySelectorAll('.facts dd .hint')].map(({ textContent }) => textContent);
    expect(lines).toEqual(['合作网站文件：还有 2 条正在撤']);
    expect(document.querySelector('.facts dd')?.textContent).toMatch(/^一半在 20 秒 内，95% 在 60 秒 内，最长 90 秒/);
  });

  it('keeps the short form short: the other conditions are folded until one of them is said', async () => {
    await showProvince();
    const fold = screen.getByText('按条件找').closest('details') as HTMLDetailsElement;
    expect(fold.open).toBe(false);
    expect(field('f-county').closest<HTMLElement>('.field')?.hidden).toBe(true);
    history.replaceState(null, '', '/platform/work?words=抹灰');
    await showProvince();
    expect((screen.getByText('按条件找').closest('details') as HTMLDetailsElement).open).toBe(true);
  });

  it('offers the counties of the city that is chosen, and lets none of another one stay', async () => {
    await showProvince();
    choose('f-city', '140100');
    await waitFor(() => expect(offered()).toEqual(['全市', '小店区', '迎泽区']));
    choose('f-county', '140105');
    expect(location.search).toBe('?city=140100&county=140105');
    choose('f-city', '140200');
    expect(location.search).toBe('?city=140200');
    await waitFor(() => expect(offered()).toEqual(['全市', '平城区']));
    expect(filters.map(({ city, county }) => [city, county])).toEqual([
      [null, null],
      ['140100', null],
      ['140100', '140105'],
      ['140200', null],
    ]);
  });

  it('asks for what the address says, and keeps it when something else is said', async () => {
    history.replaceState(null, '', '/platform/work?city=140100&county=140106&from=2030-03-01');
    await showProvince();
    expect(field('f-county').value).toBe('140106');
    choose('f-words', '抹灰');
    choose('f-to', '2030-03-02');
    expect(filters.at(-1)).toEqual({
      ...{ trade: null, city: '140100', county: '140106', search: '抹灰' },
      ...{ from: '2030-03-01T00:00:00+08:00', to: '2030-03-03T00:00:00+08:00' },
    });
    expect(decodeURIComponent(location.search)).toBe(
      '?city=140100&county=140106&words=抹灰&from=2030-03-01&to=2030-03-02',
    );
  });
});
