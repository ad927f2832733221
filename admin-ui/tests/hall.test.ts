import { describe, expect, it } from 'vitest';
import { endOfDay, narrowed, shiftsOf } from '../src/admin/counter/shifts';
import { isWhole, readTyped } from '../src/admin/counter/typed';
import { byShift } from '../src/admin/engagements/group';
import { linesOf } from '../src/admin/engagements/group-hire';
import { readEngagementSearch, toEngagementFilter } from '../src/admin/engagements/search';
import { type Act, actsOf } from '../src/admin/engagements/steps';
import { atLine, type Line, linesOfWork, sentOf } from '../src/admin/engagements/wage-lines';
import { sendProofs } from '../src/admin/engagements/wage-proofs';
import type { EngagementRowFragment, EngagementStatus } from '../src/admin/gql/graphql';
import { toFen, yuan } from '../src/admin/kit/money';
import { readWorkerSearch } from '../src/admin/workers/search';

describe('what is typed at the counter', () => {
  it.each([
    ['', { kind: 'nothing' }],
    ['13903510001', { kind: 'phone', phone: '13903510001' }],
    ['+86 139-0351-0001', { kind: 'phone', phone: '13903510001' }],
    ['１３９０３５１０００１', { kind: 'phone', phone: '13903510001' }],
    ['14010519850612167x', { kind: 'idNumber', idNumber: '14010519850612167X' }],
    [
      '李建国|男|汉|19850612|太原|140105198506121673',
      { kind: 'card', text: '李建国|男|汉|19850612|太原|140105198506121673' },
    ],
    ['https://lg.sx.gov.cn/taiyuan/workers/V29ya2VyOjE0', { kind: 'slip', workerId: 'V29ya2VyOjE0' }],
    ['http://10.0.0.8:8080/taiyuan/workers/V29y_a2V-y\n', { kind: 'slip', workerId: 'V29y_a2V-y' }],
    ['https：//lg.sx.gov.cn/taiyuan/workers/%56%32/', { kind: 'slip', workerId: 'V2' }],
    ['https://lg.sx.gov.cn/taiyuan/workers', { kind: 'card', text: 'https://lg.sx.gov.cn/taiyuan/workers' }],
    ['https://a.cn/b/workers/%E0%A4%A', { kind: 'card', text: 'https://a.cn/b/workers/%E0%A4%A' }],
    ['1390351', { kind: 'unknown' }],
    ['李建国', { kind: 'unknown' }],
  ])('%s is known for what it is', (text, typed) => {
    expect(readTyped(text)).toEqual(typed);
  });

  it('hands the focus on only when it is whole', () => {
    expect([isWhole.phone('1390351000'), isWhole.phone('13903510001')]).toEqual([false, true]);
    expect([isWhole.idNumber('14010519850612167'), isWhole.idNumber('140105198506121673')]).toEqual([false, true]);
    expect([isWhole.code('12345'), isWhole.code('123456')]).toEqual([false, true]);
  });

  it('of a gang is one number to a line, each once', () => {
    expect(linesOf('13903510001\n13903510002，13903510001\n\n')).toEqual(['13903510001', '13903510002']);
  });

  it('never stands in the address of the list as a whole number', () => {
    expect(readWorkerSearch({ name: '13903510001', trade: '瓦工' })).toEqual({ trade: '瓦工' });
  });
});

describe('the shifts one can be hired for', () => {
  const posting = (title: string, shifts: object[]) =>
    ({ ...{ title, tradeName: '保洁员', partyName: '王*', place: '长风街' }, shifts }) as never;
  const at = (id: string, hour: number, placesLeft: number) => ({
    ...{ id, placesLeft },
    ...{ startsAt: `2026-11-27T${hour}:00:00+08:00`, endsAt: `2026-11-27T${hour + 2}:00:00+08:00` },
  });
  const now = Date.parse('2026-11-27T10:30:00+08:00');

  it('have places left, are not over, and begin today, the first first', () => {
    const tomorrow = {
      ...at('later', 10, 3),
      startsAt: '2026-11-28T06:00:00+08:00',
      endsAt: '2026-11-28T08:00:00+08:00',
    };
    const all = [
      posting('一', [at('b', 14, 2), at('full', 12, 0), tomorrow]),
      posting('二', [at('a', 10, 1), at('over', 7, 9)] as never),
    ];
    // A shift of seven o'clock ended at nine.
    expect(shiftsOf(all, now, endOfDay(now)).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(shiftsOf(all, now, endOfDay(now, 1)).map(({ id }) => id)).toEqual(['a', 'b', 'later']);
  });

  it('are narrowed by every word that is typed', () => {
    const shifts = shiftsOf(
      [posting('擦玻璃', [at('a', 12, 1)]), posting('搬家', [at('b', 12, 1)])],
      now,
      endOfDay(now),
    );
    expect(narrowed(shifts, '保洁 玻璃').map(({ id }) => id)).toEqual(['a']);
    expect(narrowed(shifts, ' ').length).toBe(2);
  });
});

describe('the engagements of a day', () => {
  const row = (id: string, status: EngagementStatus, shiftId: string, hour = 8, over: object = {}) =>
    ({
      ...{ id, status, partyName: '王*', appliedAt: `2026-11-27T0${hour - 2}:00:00+08:00`, standbyNo: null },
      job: { shiftId, startsAt: `2026-11-27T0${hour}:00:00+08:00` },
      ...over,
    }) as EngagementRowFragment;

  const standing = (status: EngagementStatus, over: Partial<Parameters<typeof actsOf>[0]> = {}) => ({
    ...{ status, disputedAt: null, arrivedAt: null, paidAt: null, allowanceFen: null },
    ...over,
  });

  it('stand by shift, the first to begin first, each with how many stand where', () => {
    const groups = byShift([
      row('1', 'CONFIRMED', 'late', 9),
      row('2', 'NO_SHOW', 'early'),
      row('3', 'ARRIVED', 'early'),
      row('4', 'APPLIED', 'early'),
      row('5', 'STANDBY', 'early', 8, { standbyNo: 2 }),
      row('6', 'STANDBY', 'early', 8, { standbyNo: 1 }),
    ]);
    expect(groups.map(({ shiftId }) => shiftId)).toEqual(['early', 'late']);
    expect(groups[0]?.rows.map(({ id }) => id)).toEqual(['4', '3']);
    expect(groups[0]?.standby.map(({ id }) => id)).toEqual(['6', '5']);
    expect(groups[0]?.over.map(({ id }) => id)).toEqual(['2']);
    expect(groups[0]?.counts).toEqual([
      { status: 'APPLIED', n: 1 },
      { status: 'ARRIVED', n: 1 },
      { status: 'STANDBY', n: 2 },
      { status: 'NO_SHOW', n: 1 },
    ]);
  });

  it.each([
    ['APPLIED', ['confirm', 'contact', 'agree', 'decline', 'cancel']],
    ['STANDBY', ['decline', 'cancel']],
    ['CONFIRMED', ['arrive', 'noShow', 'cancel']],
    ['ARRIVED', ['complete', 'dispute']],
    ['COMPLETED', ['pay', 'noShow', 'dispute']],
    ['PAID', ['dispute']],
    ['NO_SHOW', ['cameAfterAll', 'dispute']],
    ['CANCELLED_BY_PARTY', ['dispute']],
    ['DECLINED', []],
    ['LAPSED', []],
  ] as [EngagementStatus, Act[]][])('offer, where one is %s, the steps the server takes', (status, acts) => {
    expect(actsOf(standing(status), () => true)).toEqual(acts);
  });

  it('find nobody absent who was seen to come', () => {
    const seen = standing('COMPLETED', { arrivedAt: '2026-11-27T06:00:00+08:00' });
    expect(actsOf(seen, () => true)).toEqual(['pay', 'dispute']);
  });

  it('correct what was said of a payment for a week, and later while the rest of the wage is owed', () => {
    const paid = standing('PAID', { paidAt: '2026-11-20T08:00:00+08:00' });
    const at = (moment: string, row = paid) => actsOf(row, () => true, Date.parse(moment));
    expect(at('2026-11-27T07:59:59+08:00')).toEqual(['correct', 'dispute']);
    expect(at('2026-11-27T08:00:00+08:00')).toEqual(['dispute']);
    expect(at('2026-11-27T08:00:00+08:00', { ...paid, wageTruth: { shortFen: 2_000 } })).toEqual([
      'correct',
      'dispute',
    ]);
  });

  it('offer to settle what is disputed, and nothing to whoever only reads', () => {
    const disputed = standing('COMPLETED', { disputedAt: '2026-11-27T08:00:00+08:00' });
    expect(actsOf(disputed, () => true)).toEqual(['settle', 'pay', 'noShow']);
    expect(actsOf(standing('APPLIED'), () => false)).toEqual([]);
  });

  it('offer to record an allowance that is owed for a cancelled place, until the worker has it', () => {
    const owed = standing('CANCELLED_BY_PARTY', { allowanceFen: 10800 });
    const others = actsOf(standing('CANCELLED_BY_PARTY'), () => true);
    expect(actsOf(owed, () => true)).toEqual(['pay', ...others]);
    expect(actsOf({ ...owed, paidAt: '2026-11-28T08:00:00+08:00' }, () => true)).toEqual(others);
  });

  it('are filtered by what stands in the address, and by nothing else', () => {
    const search = readEngagementSearch({ tab: 'all', status: 'NO_SHOW', from: '2026-11-27', to: 'x', only: 'warned' });
    expect(search).toEqual({ tab: 'all', status: 'NO_SHOW', from: '2026-11-27', only: 'warned' });
    expect(toEngagementFilter(search)).toEqual({ status: ['NO_SHOW'], startsFrom: '2026-11-27', warned: true });
  });
});

describe('a wage sheet', () => {
  const work = (id: string, wageUnit: string) =>
    ({
      ...{ id, workerName: '李*' },
      job: {
        ...{ wageUnit, wageFen: 35000, breakMinutes: 30 },
        ...{ startsAt: '2026-11-27T09:00:00+08:00', endsAt: '2026-11-27T17:00:00+08:00' },
      },
    }) as EngagementRowFragment;
  const lines = linesOfWork([work('a', 'DAY'), work('b', 'HOUR')], '2026-11-27T17:30');

  it('begins with everybody who was there: the hours of the shift, a day’s wage where it is paid by the day', () => {
    expect(lines.map(({ minutes, dueFen }) => [minutes, dueFen])).toEqual([
      [450, 350],
      [450, null],
    ]);
  });

  it('is sent in fen, in the time of Shanghai, without those who were left out', () => {
    const left: Line[] = [
      { ...(lines[0] as Line), included: false },
      { ...(lines[1] as Line), dueFen: 99.9, paidFen: 99.9 },
    ];
    expect(sentOf(left, new Map())).toEqual([
      {
        ...{ engagementId: 'b', minutes: 450, pieces: null, dueFen: 9990, deductionFen: null, deductionReason: null },
        ...{ paidFen: 9990, method: 'BANK', paidAt: '2026-11-27T17:30:00+08:00', proof: null },
      },
    ]);
    const refused = { kind: 'refused', code: 'X', message: '不行。', field: 'lines.0.paidFen', refusal: {} } as const;
    expect(atLine(refused, left)).toMatchObject({ field: 'lines.1.paidFen' });
  });

  it('takes each proof along once, and says at which line one was refused', async () => {
    const [first, second] = [new File(['1'], '1.png'), new File(['2'], '2.png')];
    const typed = [
      { ...(lines[0] as Line), proof: first },
      { ...(lines[1] as Line), proof: second },
    ];
    const asked: string[] = [];
    let full = true;
    const send = async (file: File) => {
      asked.push(file.name);
      return file === second && full
        ? ({ kind: 'refused', code: 'TOO_LARGE', message: '文件太大。', field: 'input.size', refusal: {} } as const)
        : ({ kind: 'done', value: { id: `upload of ${file.name}` } } as const);
    };
    const sent = new Map<File, string>();
    expect(await sendProofs(typed, sent, send)).toMatchObject({ kind: 'refused', field: 'lines.1.proof' });
    full = false;
    await sendProofs(typed, sent, send);
    expect(asked).toEqual(['1.png', '2.png', '2.png']);
    expect(sentOf(typed, sent).map(({ proof }) => proof)).toEqual(['upload of 1.png', 'upload of 2.png']);
    expect(await sendProofs([{ ...(lines[0] as Line), included: false, proof: first }], new Map(), send)).toMatchObject(
      {
        ...{ kind: 'done', value: new Map() },
      },
    );
  });
});

describe('money', () => {
  it('is whole fen, and read in yuan', () => {
    expect([yuan(35000), yuan(35050), yuan(5)]).toEqual(['350', '350.50', '0.05']);
    expect([toFen(350.5), toFen(19.99), toFen(0), toFen(null)]).toEqual([35050, 1999, 0, null]);
  });
});
