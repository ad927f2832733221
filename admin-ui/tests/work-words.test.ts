// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { marked } from '../src/public/work/hire/lint';
import { prose } from '../src/public/work/notice';
import { day, fenOf, money, span, until, wage } from '../src/public/work/text';

const NOW = new Date('2026-11-27T20:00:00+08:00');

describe('what stands on the pages of work', () => {
  it.each([
    ['260', 26_000],
    ['260.5', 26_050],
    ['1,280.05元', 128_005],
    ['二百', null],
    ['-5', null],
    ['260.555', null],
    ['', null],
  ])('takes %s for its sum of money', (typed, fen) => {
    expect(fenOf(typed)).toBe(fen);
  });

  it('writes whole yuan without a point, and fen with two places', () => {
    expect([money(26_000), money(26_050)]).toEqual(['260 元', '260.50 元']);
    expect(wage({ wageFen: 3_000, wageUnit: 'HOUR' })).toBe('30 元/小时');
  });

  it('calls the days of Shanxi today and tomorrow, whatever the telephone thinks', () => {
    expect(day('2026-11-27T15:59:00Z', NOW)).toBe('今天');
    expect(day('2026-11-27T16:00:00Z', NOW)).toBe('明天');
    expect(day('2026-11-29T08:00:00+08:00', NOW)).toContain('29日');
  });

  it('names the second day of a night shift, and no shift of several days', () => {
    expect(span('2030-03-01T08:00:00+08:00', '2030-03-01T17:00:00+08:00')).toMatch(/1日.* 08:00–17:00$/);
    expect(span('2030-03-01T22:00:00+08:00', '2030-03-02T06:00:00+08:00')).toMatch(/1日.* 22:00–3月2日.* 06:00$/);
    expect(span('2030-03-01T07:00:00+08:00', '2030-03-03T17:00:00+08:00')).toContain('起');
  });

  it('lets what ends at midnight end with its own day', () => {
    expect(until('2030-03-02T00:00:00+08:00')).toMatch(/3月1日.* 24:00/);
    expect(until('2030-03-01T18:00:00+08:00')).toMatch(/3月1日.* 18:00/);
  });

  it('marks the words a finding is about, counted in characters', () => {
    const text = '𠮷野家招服务员，先交押金二百';
    const from = Array.from(text).indexOf('押');
    expect(marked(text, { start: from, end: from + 2 })?.querySelector('mark')?.textContent).toBe('押金');
    expect(marked(text, { start: null, end: null })).toBeNull();
    expect(marked(text, { start: 40, end: 44 })).toBeNull();
  });

  it('shows a notice with its headings, lists and rows of tables, and nothing of it as HTML', () => {
    const shown = prose('# 告知书\n\n<b>正文</b>\n\n- 一\n- 二\n\n| 种类 | 用途 |\n|---|---|\n| 手机号 | 登录 |');
    expect(shown.map(({ tagName, textContent }) => `${tagName} ${textContent}`)).toEqual([
      'H3 告知书',
      'P <b>正文</b>',
      'UL 一二',
      'UL 手机号 · 登录',
    ]);
  });
});
