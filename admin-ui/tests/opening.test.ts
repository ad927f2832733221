import { describe, expect, it } from 'vitest';
import { nextOpening } from '../src/public/opening';

/** A time in Shanghai. */
const at = (text: string) => new Date(`${text}+08:00`);
const said = (hours: string, now: string) => {
  const next = nextOpening(hours, at(now));
  return next && `${next.inDays} ${next.time}`;
};
// 2026-11-26 is a Thursday.
const THURSDAY = '2026-11-26T';

describe('when a market opens next', () => {
  it.each([
    ['06:00—18:00', '05:59', '0 06:00'],
    ['06:00—18:00', '18:00', '1 06:00'],
    ['08:00—12:00、14:00—18:00', '12:30', '0 14:00'],
    // Open over midnight: it closes at two and opens again in the evening.
    ['20:00—次日02:00', '02:00', '0 20:00'],
    ['全天', '23:00', '1 00:00'],
    ['周一至周五 08:00—18:00；周六、周日 09:00—12:00', '19:00', '1 08:00'],
    ['周六、周日 09:00—12:00', '10:00', '2 09:00'],
    ['周四 09:00—10:00', '11:00', '7 09:00'],
    ['夏季 04:30—19:00；冬季 05:30—18:00', '20:00', '1 05:30'],
    ['全年每天 20:00—21:00；周四 06:00—07:00；5月至10月 04:00—05:00', '01:00', '0 06:00'],
    ['06:00–18:00', '19:00', '1 06:00'],
    ['May–Sep 04:30–19:00; Oct–Apr 05:30–18:00', '20:00', '1 05:30'],
    ['Mon, Sat 20:00–02:00 the next day; Sun all day', '03:00', '2 20:00'],
  ])('%s at %s', (hours, time, next) => {
    expect(said(hours, `${THURSDAY}${time}:00`)).toBe(next);
  });

  it('counts the days and the season of Shanghai, over the ends of a month and of a year', () => {
    const hours = '夏季 04:30—19:00；冬季 05:30—18:00';
    expect(said(hours, '2026-09-30T20:00:00')).toBe('1 05:30');
    expect(said(hours, '2026-09-30T00:10:00')).toBe('0 04:30');
    expect(said(hours, '2026-12-31T23:59:00')).toBe('1 05:30');
  });

  it('says nothing where the hours are not known, not understood, or long away', () => {
    for (const hours of ['', '早上', '06:00—18:00；节假日另行通知', '6:00', '夏季 04:30—19:00'])
      expect(said(hours, `${THURSDAY}20:00:00`)).toBeNull();
  });
});
