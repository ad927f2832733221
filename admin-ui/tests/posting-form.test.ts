import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { daysLeft } from '../src/admin/agencies/tags';
import { differences, merge } from '../src/admin/kit/conflict-rules';
import { FIELDS } from '../src/admin/postings/form/compared';
import { POSTING_LIMITS } from '../src/admin/postings/form/limits';
import { dayAfter, fromInput, shiftFrom, shiftToInput, toPostingInput } from '../src/admin/postings/form/values';
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

describe('two versions of a posting', () => {
  const base = toPostingInput({
    ...{ partyId: 'h1', trade: '4-10-01-06', duties: '擦玻璃', place: '平阳路 1 号', wageFen: 18_000, wageUnit: 'DAY' },
    ...{ shifts: [day], county: '140105', point: { lat: 37.7, lng: 112.5, crs: 'GCJ02' } },
  });

  it('are laid side by side field by field, with whose change it is where only one made it', () => {
    const mine = { ...base, duties: '擦玻璃，扫地', wageFen: 20_000 };
    const theirs = { ...base, wageFen: 21_000, shifts: [{ ...base.shifts[0], headcount: 3 }] as typeof base.shifts };
    expect(differences(FIELDS, base, mine, theirs).map((d) => [d.field, d.proposed])).toEqual([
      ['duties', 'mine'],
      ['wageFen', null],
      ['shifts', 'theirs'],
    ]);
    expect(merge(FIELDS, mine, theirs, { duties: 'mine', wageFen: 'theirs', shifts: 'theirs' })).toEqual({
      ...{ ...base, duties: '擦玻璃，扫地', wageFen: 21_000, shifts: theirs.shifts },
    });
  });

  it('go back into the form as they were to be sent', () => {
    expect(toPostingInput(fromInput(base))).toEqual(base);
    expect(toPostingInput(fromInput({ ...base, point: null }))).toEqual({ ...base, point: null });
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
