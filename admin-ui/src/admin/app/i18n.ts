import i18next from 'i18next';
import { useCallback } from 'react';
import en from '../../i18n/en';
import zh from '../../i18n/zh-CN';
import { currentDisplay, useDisplay } from './display';

export type MessageKey = keyof typeof zh;
export type T = (key: MessageKey, values?: Record<string, unknown>) => string;

void i18next.init({
  lng: currentDisplay().language,
  fallbackLng: 'zh-CN',
  resources: { 'zh-CN': { translation: zh }, en: { translation: en } },
  keySeparator: false,
  nsSeparator: false,
  // React escapes what it shows.
  interpolation: { escapeValue: false },
  initAsync: false,
});

/** The words of the language in use; components that call it follow a change of language. */
export function useT(): T {
  const { language } = useDisplay();
  return useCallback<T>((key, values) => i18next.t(key, { ...values, lng: language }), [language]);
}

/** Outside of components. */
export const translate: T = (key, values) => i18next.t(key, { ...values, lng: currentDisplay().language });

/** Words for a value of an enum, or the value itself where a newer server knows one more. */
export function useTerm() {
  const t = useT();
  return useCallback(
    (group: string, value: string | null | undefined) => {
      if (!value) return '';
      const key = `${group}.${value}`;
      return key in zh ? t(key as MessageKey) : value;
    },
    [t],
  );
}
