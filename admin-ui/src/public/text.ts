import enPublic from '../i18n/en/public';
import enTerms from '../i18n/en/terms';
import zhPublic from '../i18n/zh-CN/public';
import zhTerms from '../i18n/zh-CN/terms';
import { prefs } from './prefs';

const zh = { ...zhPublic, ...zhTerms };
export type PublicKey = keyof typeof zh;

const catalogues: Record<typeof prefs.language, Record<PublicKey, string>> = {
  'zh-CN': zh,
  en: { ...enPublic, ...enTerms },
};

export function t(key: PublicKey, values: Record<string, string | number> = {}): string {
  return catalogues[prefs.language][key].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}

export function cityName(city: { nameZh: string; nameEn: string }): string {
  return prefs.language === 'en' ? city.nameEn : city.nameZh;
}

/** A place and an address that may begin with that place again: every part of it once. */
export function placeOf({ divisionName, address }: { divisionName: string; address: string }): string {
  let rest = address.trim();
  for (;;) {
    const part = /^.{1,12}?(省|市|区|县|街道|镇|乡)/.exec(rest)?.[0];
    if (!part || !divisionName.includes(part)) break;
    rest = rest.slice(part.length).trim();
  }
  return `${divisionName} ${rest}`.trim();
}

/** Names one after another. */
export const list = (items: readonly string[]) => items.join(prefs.language === 'en' ? ', ' : '、');

export function distance(metres: number): string {
  const km = prefs.language === 'en' ? 'km' : '公里';
  const m = prefs.language === 'en' ? 'm' : '米';
  if (metres >= 950) return t('near.distance', { d: `${(metres / 1000).toFixed(metres < 9950 ? 1 : 0)} ${km}` });
  return t('near.distance', { d: `${Math.max(50, Math.round(metres / 50) * 50)} ${m}` });
}
