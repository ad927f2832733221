/** How a person likes the page. Kept on the device only; nothing personal. */
export type Language = 'zh-CN' | 'en';
type Mode = 'elder' | 'standard';
type Theme = 'auto' | 'light' | 'dark';

export interface Prefs {
  language: Language;
  mode: Mode;
  size: 1 | 2 | 3;
  theme: Theme;
}

const KEY = 'yizhan.display';
const DEFAULTS: Prefs = { language: 'zh-CN', mode: 'elder', size: 1, theme: 'auto' };

export const prefs: Prefs = load();

function load(): Prefs {
  let stored: Partial<Prefs> = {};
  try {
    stored = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Prefs>;
  } catch {
    // A full or forbidden storage, or somebody else's value: the defaults serve.
  }
  const asked = new URLSearchParams(location.search).get('lang');
  return {
    language: pick(asked ?? stored.language, ['zh-CN', 'en'], DEFAULTS.language),
    mode: pick(stored.mode, ['elder', 'standard'], DEFAULTS.mode),
    size: pick(stored.size, [1, 2, 3], DEFAULTS.size),
    theme: pick(stored.theme, ['auto', 'light', 'dark'], DEFAULTS.theme),
  };
}

function pick<T>(value: unknown, allowed: readonly T[], fallback: T): T {
  return allowed.includes(value as T) ? (value as T) : fallback;
}

/** What has to be there before a page is drawn in another language: words that come only when they are needed. */
export const beforeRedraw: (() => Promise<void>)[] = [];

export function savePrefs(change: Partial<Prefs>) {
  Object.assign(prefs, change);
  try {
    localStorage.setItem(KEY, JSON.stringify(prefs));
  } catch {
    // The choice then holds until the page is left.
  }
  applyPrefs();
}

export function applyPrefs() {
  const root = document.documentElement;
  root.lang = prefs.language;
  root.dataset.mode = prefs.mode;
  root.dataset.size = String(prefs.size);
  if (prefs.theme === 'auto') delete root.dataset.theme;
  else root.dataset.theme = prefs.theme;
}
