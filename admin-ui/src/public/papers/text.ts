import type zh from '../../i18n/zh-CN/papers';
import { words } from '../work/words';

/** A word of the pages about papers, which is loaded with them. */
export const p = await words<keyof typeof zh>({
  'zh-CN': () => import('../../i18n/zh-CN/papers'),
  en: () => import('../../i18n/en/papers'),
});
