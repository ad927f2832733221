// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { columnOf } from '../src/admin/imports/columns';
import { countFilters, readMarketSearch, toMarketFilter } from '../src/admin/markets/search';
import { readYear, yearsToChoose } from '../src/admin/returns/year';
import { readSearch, toFilter, writeSearch } from '../src/public/filters';
import { routeAt } from '../src/public/routes';
import { placeOf } from '../src/public/text';

describe('the address of the market list', () => {
  it('holds every filter and gives it to the server as it is', () => {
    const search = readMarketSearch({
      q: '小店',
      nature: 'PUBLIC',
      early: 'yes',
      bays: 'no',
      minSeekers: '200',
      checkBefore: '2026-12-31',
      order: 'UPDATED_AT',
    });
    expect(toMarketFilter(search)).toEqual({
      search: '小店',
      nature: 'PUBLIC',
      earlyOpening: true,
      hasBays: false,
      minSeekers: 200,
      checkExpiresBefore: '2026-12-31',
    });
    expect(countFilters(search)).toBe(6);
  });

  it('drops what does not belong there', () => {
    expect(
      readMarketSearch({
        nature: 'STOLEN',
        early: 'maybe',
        minSeekers: '-3',
        checkBefore: 'soon',
        order: 'RANDOM',
        token: 'x',
        q: '',
      }),
    ).toEqual({});
  });

  it('takes only years the directory can have', () => {
    expect(readYear({ year: '2026' })).toEqual({ year: 2026 });
    expect(readYear({ year: '1999' })).toEqual({});
    expect(readYear({ year: 'abc' })).toEqual({});
  });

  it('leads to last year in January, and to the year of a first report', () => {
    expect(yearsToChoose(2027, 2027, [2027])).toEqual([2027, 2026]);
    expect(yearsToChoose(2026, 2026, [2026], '2027-03-31')).toEqual([2027, 2026, 2025]);
    expect(yearsToChoose(2026, 2023, [2026, 2024], null)).toEqual([2026, 2025, 2024, 2023]);
  });
});

describe('the address of the public directory', () => {
  it('is read back as it was written', () => {
    const search = {
      q: '迎泽',
      trade: '瓦工',
      place: '140106',
      village: '坞城村',
      nature: 'PUBLIC' as const,
      open: true,
      service: 'SKILLS_TRAINING' as const,
      facility: 'WATER' as const,
      early: true,
      standardised: false,
    };
    expect(readSearch(writeSearch(search))).toEqual(search);
    expect(toFilter(search)).toEqual({
      search: '迎泽',
      trade: '瓦工',
      division: '140106',
      village: '坞城村',
      nature: 'PUBLIC',
      openNow: true,
      service: 'SKILLS_TRAINING',
      facility: 'WATER',
      earlyOpening: true,
      standardised: null,
      township: null,
    });
    expect(toFilter({ ...search, place: '140106003' })).toMatchObject({ division: null, township: '140106003' });
  });

  it('is bare when nothing is asked for', () => {
    expect(writeSearch(readSearch(''))).toBe('');
    expect(readSearch('?nature=STOLEN').nature).toBe('');
  });

  it.each([
    ['/', { page: 'cities' }],
    ['/taiyuan', { page: 'directory', slug: 'taiyuan' }],
    ['/taiyuan/', { page: 'directory', slug: 'taiyuan' }],
    ['/taiyuan/print', { page: 'print', slug: 'taiyuan' }],
    ['/taiyuan/markets/m001', { page: 'market', slug: 'taiyuan', id: 'm001' }],
    ['/taiyuan/markets', { page: 'missing', back: '/taiyuan' }],
    ['/taiyuan/markets/a/b', { page: 'missing', back: '/taiyuan' }],
    ['/%E0%A4%A', { page: 'directory', slug: '%E0%A4%A' }],
    ['/taiyuan/work', { page: 'work', slug: 'taiyuan', view: 'find', id: '' }],
    ['/taiyuan/work/p1', { page: 'work', slug: 'taiyuan', view: 'posting', id: 'p1' }],
    ['/taiyuan/me/jobs/e1', { page: 'work', slug: 'taiyuan', view: 'job', id: 'e1' }],
    ['/taiyuan/me/jobs', { page: 'missing', back: '/taiyuan' }],
    ['/taiyuan/hire/post', { page: 'hire', slug: 'taiyuan', view: 'post', id: '' }],
    ['/taiyuan/hire/post/p1', { page: 'hire', slug: 'taiyuan', view: 'post', id: 'p1' }],
    ['/taiyuan/hire/postings/p1/pay', { page: 'hire', slug: 'taiyuan', view: 'pay', id: 'p1' }],
    ['/taiyuan/hire/nowhere', { page: 'missing', back: '/taiyuan' }],
    ['/platform/work', { page: 'work', slug: 'platform', view: 'province', id: '' }],
    ['/taiyuan/workers/V29ya2VyOjE0', { page: 'papers', slug: 'taiyuan', view: 'slip' }],
    ['/taiyuan/workers', { page: 'missing', back: '/taiyuan' }],
    ['/taiyuan/workers/a/b', { page: 'missing', back: '/taiyuan' }],
    ['/taiyuan/verify', { page: 'papers', slug: 'taiyuan', view: 'verify' }],
    ['/platform/verify', { page: 'missing', back: '/platform' }],
    ['/platform/me', { page: 'missing', back: '/platform' }],
  ])('%s leads to its page', (path, route) => {
    expect(routeAt(path)).toEqual(route);
  });
});

describe('the column of a bad cell', () => {
  it.each([
    ['hoursText', '运行时间', 'hoursText'],
    ['C', '运行时间', 'hoursText'],
    ['B', '零工市场名称（无正规名称的以约定俗成或所在地址名称代称）', 'name'],
    ['运营性质', '运营性质（公共/经营性/自形成）', 'nature'],
    ['seeker_scale', '', 'seekerScale'],
    ['G', '', 'trades'],
    ['address', '详细地址', 'address'],
    ['whole row', '', null],
  ])('%s is found', (column, columnTitle, found) => {
    expect(columnOf({ column, columnTitle })).toBe(found);
  });
});

describe('a place in words', () => {
  it.each([
    ['太原市小店区坞城街道', '太原市小店区坞城街道坞城路 200 号', '太原市小店区坞城街道 坞城路 200 号'],
    ['太原市万柏林区', '万柏林区下元十字西南角', '太原市万柏林区 下元十字西南角'],
    ['太原市小店区坞城街道', '小店区平阳路街道平阳路', '太原市小店区坞城街道 平阳路街道平阳路'],
    ['太原市古交市', '市场街 1 号', '太原市古交市 市场街 1 号'],
    ['太原市清徐县', '清徐县', '太原市清徐县'],
  ])('%s and %s name every part once', (divisionName, address, shown) => {
    expect(placeOf({ divisionName, address })).toBe(shown);
  });
});
