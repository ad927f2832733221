import { useMemo } from 'react';
import { useDisplay } from '../app/display';

const ZONE = 'Asia/Shanghai';

/** Times as an office in Shanxi reads them, in the language of the page. */
export function useFormat() {
  const { language } = useDisplay();
  return useMemo(() => {
    // 2026-11-23 07:02 reads the same in both languages and lines up in a table.
    const dateTime = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: ZONE });
    const date = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: ZONE });
    const number = new Intl.NumberFormat(language);
    const chinese = language !== 'en';
    return {
      dateTime: (value: string | null | undefined) => (value ? dateTime.format(new Date(value)) : '—'),
      date: (value: string | null | undefined) =>
        value ? (value.length === 10 ? value : date.format(new Date(value))) : '—',
      list: (items: readonly string[]) => items.join(chinese ? '、' : ', '),
      /** Of what is itself a list, or a sentence. */
      lines: (items: readonly string[]) => items.join(chinese ? '；' : '; '),
      number: (value: number | null | undefined) =>
        value === null || value === undefined ? '—' : number.format(value),
    };
  }, [language]);
}

/** Today in Shanghai, as YYYY-MM-DD. */
export function today(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE }).format(new Date());
}

/** Degrees as they are copied into a map: six decimals are a hand's breadth. */
export const degrees = ({ lat, lng }: { lat: number; lng: number }) =>
  [lat, lng].map((n) => String(Number(n.toFixed(6)))).join(', ');
