import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { daysLeft } from '../src/admin/agencies/tags';
import { POSTING_LIMITS } from '../src/admin/postings/form/limits';
import { dayAfter, shiftFrom, shiftToInput, toPostingInput } from '../src/admin/postings/form/values';
import { readPostingSearch, toPostingFilter } from '../src/admin/postings/search';
import { allows, awaitsReview } from '../src/admin/postings/steps';

const day = { day: '2026-12-31', starts: '07:00', ends: '17:00', headcount: 10, breakMinutes: 60 };

describe('the form of a posting', () => {
  it('says its shifts in the time of Shanghai, and what does not end after it begins ends the next day', () => {
    expect(shiftToInput(day)).toEqual({
      startsAt: '2026-12-31T07:00:00+08:00',
      endsAt: '2026-12-31T17:00:00+08:00',
      headcount: 10,
      breakMinutes: 60,
    });
    expect(shiftToInput({ ...day, starts: '22:00', ends: '06:00' })?.endsAt).toBe('2027-01-01T06:00:00+08:00');
    expect(dayAfter('2028-02-28')).toBe('2028-02-29');
  });

  it('shows a shift as it was typed', () => {
    const night = { ...day, starts: '22:00', ends: '06:00' };
    for (const typed of [day, night]) {
      const { startsAt, endsAt, headcount } = shiftToInput(typed) as NonNullable<ReturnType<typeof shiftToInput>>;
      expect(shiftFrom({ startsAt, endsAt, headcount, breakMinutes: 60 })).toEqual(typed);
    }
  });

  it('leaves out a shift that is not whole, and what was not said', () => {
    const input = toPostingInput({ shifts: [day, { day: '2026-12-31' }], duties: ' 卸货 ', title: '  ' });
    expect(input.shifts).toHaveLength(1);
    expect(input).toMatchObject({ duties: '卸货', title: null, payDay: null, point: null });
  });

  it.each([
    ['title', /const TITLE: usize = (\d+);/],
    ['duties', /const DUTIES: \(usize, usize\) = \(\d+, (\d+)\);/],
    ['text', /const TEXT: usize = (\d+);/],
    ['place', /const PLACE: \(usize, usize\) = \(\d+, (\d+)\);/],
  ] as const)('the limit of %s is the server’s', (name, pattern) => {
    const source = readFileSync(join(import.meta.dirname, '../../server/hiring/src/rules/describe.rs'), 'utf8');
    expect(Number(pattern.exec(source)?.[1])).toBe(POSTING_LIMITS[name]);
  });
});

describe('the list of postings', () => {
  it('takes from the address what belongs there, and asks for whole days of Shanghai', () => {
    const search = readPostingSearch({
      status: 'PUBLISHED',
      kind: 'NONSENSE',
      from: '2026-12-01',
      to: 'x',
      stale: 'yes',
    });
    expect(search).toEqual({ status: 'PUBLISHED', from: '2026-12-01', stale: 'yes' });
    expect(toPostingFilter({ ...search, to: '2026-12-02' })).toEqual({
      statuses: ['PUBLISHED'],
      stale: true,
      from: '2026-12-01T00:00:00+08:00',
      to: '2026-12-02T23:59:59+08:00',
    });
  });
});

describe('the steps of a posting', () => {
  it('what has ended is changed no more', () => {
    for (const status of ['EXPIRED', 'WITHDRAWN', 'TAKEN_DOWN'] as const)
      for (const step of ['amend', 'submit', 'review', 'withdraw', 'close', 'confirm', 'takeDown'] as const)
        expect(allows(status, step)).toBe(false);
  });

  it('what went out through the fast lane waits for a second look until somebody had one', () => {
    expect(awaitsReview({ status: 'PUBLISHED', reviewed: false })).toBe(true);
    expect(awaitsReview({ status: 'PUBLISHED', reviewed: true })).toBe(false);
    expect(awaitsReview({ status: 'DRAFT', reviewed: false })).toBe(false);
  });
});

describe('a licence', () => {
  it('counts the days to its last one, and none after it', () => {
    expect(daysLeft('2026-12-31', '2026-12-01')).toBe(30);
    expect(daysLeft('2026-12-01', '2026-12-01')).toBe(0);
    expect(daysLeft('2026-11-30', '2026-12-01')).toBeNull();
    expect(daysLeft(null, '2026-12-01')).toBeNull();
  });
});
