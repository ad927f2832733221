// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { actFor, actingFor, isAgent } from '../src/public/work/hire/acting';
import { daysBetween, repeatDays } from '../src/public/work/hire/repeat';
import { ofPosting, ofTemplate, type Posting, type Template } from '../src/public/work/hire/written';
import { everything } from '../src/public/work/list';
import type { Viewer } from '../src/public/work/signin';

const shift = { startsAt: '2026-11-28T08:00:00+08:00', endsAt: '2026-11-28T17:00:00+08:00', headcount: 10 };
const posting = {
  ...{ id: 'p1', version: 3, title: '招保洁员10人', duties: '擦玻璃', conditions: null, place: '坞城路 1 号' },
  ...{ trade: { name: '保洁员' }, county: { code: '140105' }, point: { lat: 37.7, lng: 112.5, crs: 'GCJ02' } },
  ...{ kind: 'ODD_JOB', needsCertificate: false, partyId: 'h1', marketId: 'm1', wageFen: 18_000, wageUnit: 'DAY' },
  ...{ payDay: 'DAILY', payText: '管饭', cover: 'NONE', engagement: 'TEMPORARY', instant: true, priority: false },
  shifts: [{ id: 's1', breakMinutes: 60, placesLeft: 0, ...shift }],
} as unknown as Posting;

describe('a posting that is posted again', () => {
  it('is kept with all that its form says, and not with the title that the house makes', () => {
    expect(ofPosting(posting)).toEqual({
      ...{ partyId: 'h1', duties: '擦玻璃', place: '坞城路 1 号', wageFen: 18_000, wageUnit: 'DAY', title: null },
      ...{ trade: '保洁员', county: '140105', point: { lat: 37.7, lng: 112.5, crs: 'GCJ02' } },
      ...{ conditions: null, payText: '管饭', payDay: 'DAILY', cover: 'NONE', marketId: 'm1', instant: true },
      ...{ priority: false, engagement: 'TEMPORARY', kind: 'ODD_JOB', needsCertificate: false },
      shifts: [{ ...shift, breakMinutes: 60 }],
    });
    expect(ofPosting({ ...posting, title: '明天擦玻璃' }).title).toBe('明天擦玻璃');
  });

  it('names a trade that a desk wrote as a code', () => {
    const form = (trade: string) => ({ form: { ...ofPosting(posting), trade } }) as unknown as Template;
    const names = { '4-09-07-01': '保洁员' };
    expect(ofTemplate(form('4-09-07-01'), names).trade).toBe('保洁员');
    expect(ofTemplate(form('擦窗工'), names).trade).toBe('擦窗工');
  });

  it('comes tomorrow, or the day after its own where that is still to come, and never on a day that is over', () => {
    expect(repeatDays('2026-11-27', '2026-11-27')).toEqual({
      ...{ least: '2026-11-28', proposed: '2026-11-28', most: '2027-02-25' },
    });
    expect(repeatDays('2026-11-30', '2026-11-27')).toMatchObject({ least: '2026-12-01', proposed: '2026-12-01' });
    expect(repeatDays('2026-11-20', '2026-11-27')).toMatchObject({ least: '2026-11-27', proposed: '2026-11-28' });
    expect(repeatDays('2026-08-01', '2026-11-27')).toBeNull();
    expect(daysBetween('2026-12-30', '2027-01-02')).toBe(3);
  });
});

describe('whoever acts for several', () => {
  const parties = [{ id: 'h2' }, { id: 'h1' }];
  beforeEach(() => localStorage.clear());

  it('acts for the newest until another was chosen, in that city alone', () => {
    expect(actingFor('taiyuan', parties)?.id).toBe('h2');
    actFor('taiyuan', 'h1');
    expect(actingFor('taiyuan', parties)?.id).toBe('h1');
    expect(actingFor('yuncheng', parties)?.id).toBe('h2');
  });

  it('never acts for what somebody else chose on this device', () => {
    actFor('taiyuan', 'h9');
    expect(actingFor('taiyuan', parties)?.id).toBe('h2');
    expect(actingFor('taiyuan', [])).toBeUndefined();
  });

  it('is told where it is somebody else’s unit', () => {
    const viewer = {
      parties: [
        { partyId: 'h1', right: 'AGENT' },
        { partyId: 'h2', right: 'OWNER' },
      ],
    } as unknown as Viewer;
    expect([isAgent(viewer, 'h1'), isAgent(viewer, 'h2'), isAgent(viewer, 'h3')]).toEqual([true, false, false]);
  });
});

describe('all of a connection', () => {
  it('is asked for page after page, and ends where one is not answered', async () => {
    const pages: Record<string, { edges: { node: number }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }> =
      {
        '': { edges: [{ node: 1 }, { node: 2 }], pageInfo: { hasNextPage: true, endCursor: 'a' } },
        a: { edges: [{ node: 3 }], pageInfo: { hasNextPage: false, endCursor: 'b' } },
      };
    expect(await everything(async (after) => pages[after ?? ''] ?? null)).toEqual([1, 2, 3]);
    expect(await everything(async () => null)).toEqual([]);
  });
});
