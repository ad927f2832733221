import type zh from '../../../i18n/zh-CN/hire';
import { words } from '../words';

export type HireKey = keyof typeof zh;

/** A word of the hiring side, which is loaded with it. */
export const e = await words<HireKey>({
  'zh-CN': () => import('../../../i18n/zh-CN/hire'),
  en: () => import('../../../i18n/en/hire'),
});
