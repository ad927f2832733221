// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { showPosting } from '../src/public/work/posting';
import { city } from './public-market';

const SHIFT = {
  id: 'shift_1',
  startsAt: '2030-03-01T08:00:00+08:00',
  endsAt: '2030-03-01T17:00:00+08:00',
  breakMinutes: 0,
  headcount: 1,
  placesLeft: 1,
};
const POSTING = {
  id: 'posting_1',
  title: '招保洁员1人',
  duties: '打扫三间屋。',
  conditions: null,
  trade: null,
  tradeName: '保洁员',
  needsCertificate: false,
  partyName: '王*',
  partyIsUnit: false,
  partyVerifiedOn: '2026-11-27',
  partyRecheckedOn: null,
  agency: null,
  wageFen: 18_000,
  wageUnit: 'DAY',
  payDay: 'ON_COMPLETION',
  payText: null,
  engagement: 'TEMPORARY',
  cover: 'NONE',
  place: '坞城路 200 号',
  countyName: '太原市小店区',
  mapLinks: null,
  marketId: null,
  marketName: null,
  shifts: [SHIFT],
  closesAt: '2030-03-01T08:00:00+08:00',
  lastConfirmedAt: '2026-11-27T08:00:00+08:00',
  instant: true,
  priority: false,
  kind: 'ODD_JOB',
  status: 'PUBLISHED',
  placesLeft: 1,
};
const OTHERS = ['长风街', '平阳路', '亲贤街'].map((place, index) => ({
  ...SHIFT,
  postingId: `other_${index}`,
  shiftId: `shift_${index}`,
  title: `招保洁员${index}`,
  tradeName: '保洁员',
  place,
  places: 2,
  wageFen: 17_000,
  wageUnit: 'DAY',
}));
const VIEWER = {
  citizen: { id: 'c', nameMasked: '李*', phoneMasked: null, version: 1 },
  worker: { id: 'w' },
  parties: [],
};

const sent: { query: string; variables: Record<string, unknown>; headers: Record<string, string> }[] = [];

function serve(applied: () => object | Error) {
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    const asked = { ...JSON.parse(String(init.body)), headers: init.headers };
    sent.push(asked);
    if (!asked.query.includes('applyForShift'))
      return Promise.resolve(Response.json({ data: { city, publicPosting: POSTING, citizenViewer: VIEWER } }));
    const answer = applied();
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(Response.json({ data: answer }));
  });
}

const press = async () => {
  document.querySelector<HTMLButtonElement>('.shift button')?.click();
  await vi.waitFor(() => expect(document.querySelector('[role=alert]')?.textContent).not.toBe(''));
};
const text = () => document.querySelector('main')?.textContent ?? '';

beforeEach(() => {
  document.body.innerHTML = '<div id="app"></div>';
  sent.length = 0;
});
afterEach(() => vi.unstubAllGlobals());

describe('whoever applies a moment too late', () => {
  it('is told so, with three alternatives and the way to each', async () => {
    const refused = { __typename: 'ApplyForShiftRefused', code: 'FULL', message: '名额已满。', field: null };
    serve(() => ({ applyForShift: { ...refused, alternatives: OTHERS } }));
    await showPosting('taiyuan', 'posting_1');
    await press();
    expect(document.activeElement?.textContent).toBe('晚了一步，人满了');
    expect(text()).toContain('名额已满。');
    const ways = [...document.querySelectorAll('.cards a')].map((a) => a.getAttribute('href'));
    expect(ways).toEqual(['/taiyuan/work/other_0', '/taiyuan/work/other_1', '/taiyuan/work/other_2']);
  });

  it('stays on the page with the reason where there is nothing else', async () => {
    const refused = {
      __typename: 'ApplyForShiftRefused',
      code: 'OVERLAPPING',
      message: '这个时间您已有活。',
      field: null,
    };
    serve(() => ({ applyForShift: { ...refused, alternatives: [] } }));
    await showPosting('taiyuan', 'posting_1');
    await press();
    expect(text()).toContain('这个时间您已有活。');
    expect(document.querySelector('.shift button')).not.toBeNull();
  });
});

describe('an application', () => {
  it('goes as the citizen, and once: with the same key while no answer came', async () => {
    serve(() => new TypeError('Failed to fetch'));
    await showPosting('taiyuan', 'posting_1');
    await press();
    await press();
    const applied = sent.filter(({ query }) => query.includes('applyForShift'));
    expect(applied).toHaveLength(2);
    expect(applied[0]?.variables.idempotencyKey).toMatch(/^[0-9a-f]{32}$/);
    expect(applied[1]?.variables.idempotencyKey).toBe(applied[0]?.variables.idempotencyKey);
    expect(applied[0]?.headers['x-yizhan-as']).toBe('citizen');
    expect(text()).toContain('没有连上');
  });
});
