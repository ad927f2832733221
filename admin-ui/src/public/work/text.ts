import type zh from '../../i18n/zh-CN/work';
import { prefs } from '../prefs';
import { words } from './words';

export type WorkKey = keyof typeof zh;

/** A word of the pages of work and hire, which are loaded with them. */
export const w = await words<WorkKey>({
  'zh-CN': () => import('../../i18n/zh-CN/work'),
  en: () => import('../../i18n/en/work'),
});

/** Several sentences after one another: only English puts a space between them. */
export const sentences = (...said: (string | false | null | undefined)[]) =>
  said.filter(Boolean).join(prefs.language === 'en' ? ' ' : '');

const ZONE = 'Asia/Shanghai';
const DAY_MS = 86_400_000;

/** `2026-11-27` as it is in Shanxi, whatever the clock of the telephone says. */
export const dayOf = (at: Date) => new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, dateStyle: 'short' }).format(at);

export function clock(at: string): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: ZONE }).format(new Date(at));
}

/** “今天”, “明天”, or the day with its weekday. */
export function day(at: string, now = new Date()): string {
  const here = dayOf(new Date(at));
  if (here === dayOf(now)) return w('day.today');
  if (here === dayOf(new Date(now.getTime() + DAY_MS))) return w('day.tomorrow');
  const parts = { month: 'short', day: 'numeric', weekday: 'short' } as const;
  return new Intl.DateTimeFormat(prefs.language, { ...parts, timeZone: ZONE }).format(new Date(at));
}

export const moment = (at: string) => `${day(at)} ${clock(at)}`;

/** Until when: what ends at midnight ends with the day before it. */
export function until(at: string): string {
  if (clock(at) !== '00:00') return moment(at);
  return `${day(new Date(new Date(at).getTime() - 1).toISOString())} 24:00`;
}

/** From when until when, with a second day only where there is one. */
export function span(from: string, to: string): string {
  // Longer than any shift: several of them, of which only the first and the last moment are known.
  if (new Date(to).getTime() - new Date(from).getTime() > DAY_MS)
    return w('span.long', { from: moment(from), to: until(to) });
  const end = dayOf(new Date(from)) === dayOf(new Date(to)) ? clock(to) : until(to);
  return `${moment(from)}–${end}`;
}

/** A date alone, as the server has it. */
export const date = (on: string) =>
  new Intl.DateTimeFormat(prefs.language, { dateStyle: 'medium', timeZone: ZONE }).format(
    new Date(`${on.slice(0, 10)}T12:00:00+08:00`),
  );

/** Local clock and day of a form as a moment of Shanghai. */
export const at = (on: string, time: string) => `${on}T${time}:00+08:00`;

/** The day after one, both as `2026-11-27`. */
export const dayAfter = (on: string) => dayOf(new Date(new Date(at(on, '12:00')).getTime() + DAY_MS));

const amount = (fen: number) => (fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2));

export const money = (fen: number) => w('money', { n: amount(fen) });

export const wage = (pay: { wageFen: number; wageUnit: keyof typeof UNITS }) =>
  w(UNITS[pay.wageUnit], { money: money(pay.wageFen) });

const UNITS = {
  DAY: 'wage.DAY',
  HOUR: 'wage.HOUR',
  JOB: 'wage.JOB',
  MONTH: 'wage.MONTH',
  PIECE: 'wage.PIECE',
} as const;

/** What somebody typed as yuan, in fen; null where it is no sum of money. */
export function fenOf(text: string): number | null {
  const typed = text.trim().replace(/[，,]/g, '').replace(/元$/, '');
  return /^\d{1,7}(\.\d{1,2})?$/.test(typed) ? Math.round(Number(typed) * 100) : null;
}

export const yuan = (fen: number) => amount(fen);

export function hours(minutes: number): string {
  return w('hours', { n: minutes % 60 === 0 ? minutes / 60 : (minutes / 60).toFixed(1) });
}
