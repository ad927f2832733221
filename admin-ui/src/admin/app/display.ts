import { useSyncExternalStore } from 'react';

/** How a person likes the admin. Kept on the device only. */
export interface Display {
  language: 'zh-CN' | 'en';
  theme: 'auto' | 'light' | 'dark';
  size: 'normal' | 'large';
}

const KEY = 'yizhan.admin.display';
const DEFAULTS: Display = { language: 'zh-CN', theme: 'auto', size: 'normal' };
const listeners = new Set<() => void>();
const darkMedia = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : null;
let display: Display = load();

function load(): Display {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Display>) };
  } catch {
    return DEFAULTS;
  }
}

export const currentDisplay = () => display;

export function setDisplay(change: Partial<Display>) {
  display = { ...display, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(display));
  } catch {
    // The choice then holds until the page is left.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  darkMedia?.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    darkMedia?.removeEventListener('change', listener);
  };
}

export function useDisplay(): Display {
  return useSyncExternalStore(subscribe, currentDisplay);
}

export function useDark(): boolean {
  const { theme } = useDisplay();
  const system = useSyncExternalStore(subscribe, () => darkMedia?.matches ?? false);
  return theme === 'dark' || (theme === 'auto' && system);
}
