import { readFileSync } from 'node:fs';
import type { Row } from '../kit';

const read = <T>(name: string): T => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as T;
const raw = read<{ c: string; n: string; l: string; p: string; z?: number }[]>('./divisions.json');
const byCode = new Map(raw.map((r) => [r.c, r]));

export interface MockDivision extends Row {
  code: string;
  name: string;
  parent: string;
  level: string;
}

export function division(code: string): MockDivision | null {
  const own = byCode.get(code);
  if (!own) return null;
  const chain = chainOf(code);
  return {
    code,
    name: own.n,
    parent: own.p,
    level: own.l,
    fullName: chain.map((c) => byCode.get(c)?.n ?? '').join(''),
    statisticalZone: own.z === 1,
    validTo: null,
    successor: null,
    children: () => children(code),
  };
}

export function chainOf(code: string): string[] {
  const own = byCode.get(code);
  return own ? [...(own.p ? chainOf(own.p) : []), code] : [];
}

export function children(parent: string) {
  return raw.filter((r) => r.p === parent).map((r) => division(r.c) as MockDivision);
}

export function searchDivisions(words: string) {
  return raw.filter((r) => r.n.includes(words)).map((r) => division(r.c) as MockDivision);
}

const CERTIFIED = ['6-29-01-05', '6-31-01-03', '6-30-05-01'];
export interface MockTrade extends Row {
  code: string;
  name: string;
  aliases: string[];
}
export const trades: MockTrade[] = read<MockTrade[]>('./trades.json').map((t) => ({
  ...t,
  needsCertificate: CERTIFIED.includes(t.code),
}));

export function findTrade(words: string) {
  return trades.find((t) => t.code === words || t.name === words || t.aliases.includes(words)) ?? null;
}

const CITY_NAMES: [string, string, string, string][] = [
  ['140100', 'taiyuan', '太原市', 'Taiyuan'],
  ['140200', 'datong', '大同市', 'Datong'],
  ['140300', 'yangquan', '阳泉市', 'Yangquan'],
  ['140400', 'changzhi', '长治市', 'Changzhi'],
  ['140500', 'jincheng', '晋城市', 'Jincheng'],
  ['140600', 'shuozhou', '朔州市', 'Shuozhou'],
  ['140700', 'jinzhong', '晋中市', 'Jinzhong'],
  ['140800', 'yuncheng', '运城市', 'Yuncheng'],
  ['140900', 'xinzhou', '忻州市', 'Xinzhou'],
  ['141000', 'linfen', '临汾市', 'Linfen'],
  ['141100', 'lvliang', '吕梁市', 'Lvliang'],
];

export const cities = [
  ...CITY_NAMES.map(([code, slug, nameZh, nameEn]) => ({
    code,
    slug,
    nameZh,
    nameEn,
    provinceCode: '140000',
    isPlatform: false,
    hotline: '12333',
  })),
  {
    code: '140000',
    slug: 'platform',
    nameZh: '省级平台',
    nameEn: 'Provincial platform',
    provinceCode: '140000',
    isPlatform: true,
    hotline: '12333',
  },
];

export const cityBySlug = (slug: string) => cities.find((c) => c.slug === slug) ?? null;
