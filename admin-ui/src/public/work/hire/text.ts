import en from '../../../i18n/en/hire';
import zh from '../../../i18n/zh-CN/hire';
import { prefs } from '../../prefs';

export type HireKey = keyof typeof zh;
const catalogues: Record<typeof prefs.language, Record<HireKey, string>> = { 'zh-CN': zh, en };

/** A word of the hiring side, which is loaded with it. */
export function e(key: HireKey, values: Record<string, string | number> = {}): string {
  return catalogues[prefs.language][key].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}
