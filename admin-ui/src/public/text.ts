import enPublic from '../i18n/en/public';
import enTerms from '../i18n/en/terms';
import zhPublic from '../i18n/zh-CN/public';
import zhTerms from '../i18n/zh-CN/terms';
import { nextOpening } from './opening';
import { prefs } from './prefs';

export { placeOf } from '../place';

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

/** Names one after another. */
export const list = (items: readonly string[]) => items.join(prefs.language === 'en' ? ', ' : '、');

export function distance(metres: number): string {
  const km = prefs.language === 'en' ? 'km' : '公里';
  const m = prefs.language === 'en' ? 'm' : '米';
  if (metres >= 950) return t('near.distance', { d: `${(metres / 1000).toFixed(metres < 9950 ? 1 : 0)} ${km}` });
  return t('near.distance', { d: `${Math.max(50, Math.round(metres / 50) * 50)} ${m}` });
}

/** “明天 06:00 开门”, or nothing where the hours do not say. */
export function opensNext(market: { openNow: boolean; hoursText: string }): string {
  const next = market.openNow ? null : nextOpening(market.hoursText, new Date());
  if (!next) return '';
  const day =
    next.inDays === 0 ? t('opens.today') : next.inDays === 1 ? t('opens.tomorrow') : t(`opens.${next.weekday as 0}`);
  return t('opens.at', { day, time: next.time });
}
