// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Job, Rules } from '../src/public/work/job';
import { nextStep } from '../src/public/work/next';
import { ending } from '../src/public/work/terms';

const ENDS = '2026-11-27T16:00:00+08:00';
const rules = { noticeHours: 24, graceMinutes: 15, lateCancelPoints: 1, pointsDays: 90, pointsLimit: 6 } as Rules;

const job = (status: Job['status'], over: object = {}) =>
  ({
    ...{
      id: 'e1',
      version: 3,
      status,
      viewer: 'WORKER',
      disputedAt: null,
      paidAt: null,
      wageTruth: null,
      endedAt: null,
    },
    job: { startsAt: '2026-11-27T06:00:00+08:00', endsAt: ENDS },
    ...over,
  }) as unknown as Job;

const named = (block: Element | null, of: string) =>
  [...(block?.querySelectorAll(of) ?? [])].map(({ textContent }) => textContent);
const offered = (of: Job) =>
  named(
    nextStep('taiyuan', of, () => {}, undefined),
    'button, summary',
  );
const ways = (of: Job) =>
  named(
    ending('taiyuan', of, rules, () => {}),
    'button, summary',
  );

describe('a worker whose arrival nobody recorded', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('types the code until the shift is over, and disputes nothing yet', () => {
    vi.setSystemTime(new Date('2026-11-27T15:59:59+08:00'));
    expect(offered(job('CONFIRMED'))).toEqual(['我到了']);
    expect(ways(job('CONFIRMED'))).not.toContain('说得不对，提出异议');
  });

  it('says from then on that it worked, or disputes it', () => {
    vi.setSystemTime(new Date(ENDS));
    expect(offered(job('CONFIRMED'))).toEqual(['我去干了，活干完了']);
    expect(nextStep('taiyuan', job('CONFIRMED'), () => {}, undefined).textContent).toContain('没有到岗记录');
    expect(ways(job('CONFIRMED'))).toContain('说得不对，提出异议');
  });

  it('is cancelled no more by the hiring party, which disputes nothing either before it is counted', () => {
    const theirs = job('CONFIRMED', { viewer: 'PARTY' });
    vi.setSystemTime(new Date('2026-11-27T15:59:59+08:00'));
    expect(ways(theirs)).toEqual(['不用来了，取消这个名额']);
    vi.setSystemTime(new Date(ENDS));
    expect(ways(theirs)).toEqual([]);
  });
});

describe('a dispute', () => {
  const disputed = (disputedBy: string) =>
    job('ARRIVED', { disputedBy, disputedAt: '2026-11-27T18:00:00+08:00', disputeWords: '少记了一小时' });

  it('is taken back by whoever raised it, and by nobody else on a telephone', () => {
    expect(ways(disputed('WORKER'))).toEqual(['说清了，撤回异议']);
    expect(ways(disputed('PARTY'))).toEqual([]);
  });
});

describe('a worker who said what was paid', () => {
  const paid = (shortFen: number) =>
    job('PAID', { paidAt: '2026-11-28T08:00:00+08:00', wageTruth: { agreedFen: 20_000, paidFen: 18_000, shortFen } });
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('corrects it for a week, begun with the sum that was said', () => {
    vi.setSystemTime(new Date('2026-12-05T07:59:59+08:00'));
    expect(offered(paid(0))).toEqual(['说错了，更正金额', '收到了这些钱', '一分钱没收到']);
    const block = nextStep('taiyuan', paid(0), () => {}, undefined);
    expect(block.querySelector('input')?.value).toBe('180');
  });

  it('says afterwards only that the rest came, while something is owed', () => {
    vi.setSystemTime(new Date('2026-12-05T08:00:00+08:00'));
    expect(offered(paid(2_000))).toEqual(['后来又收到了，更正金额', '收到了这些钱']);
    expect(offered(paid(0))).toEqual([]);
  });
});
