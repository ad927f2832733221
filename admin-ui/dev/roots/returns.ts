import { markets } from '../data/markets';
import { cities } from '../data/places';
import { type Ctx, daysFromNow, now, page, type Row, refuse } from '../kit';

type Args = Record<string, unknown>;

const returnRows = markets.map((m, i) => ({
  serial: i + 1,
  name: m.displayName,
  nature: m.nature,
  hoursText: m.hoursText,
  address: `太原市${(m.address as { chain: { name: string }[] }).chain[2]?.name ?? ''}${(m.address as { text: string }).text}`,
  seekerScale: (m.seekerScale as { text: string }).text,
  trades: (m.trades as { name: string }[]).map((t) => t.name).join('、'),
  dailySuccesses: (m.dailySuccesses as { text: string }).text,
}));

const make = (year: number, status: string): Row => ({
  __typename: 'DirectoryReturn',
  id: `return_${year}`,
  year,
  versionNo: 1,
  status,
  dueOn: `${year}-12-20`,
  remindOn: `${year}-11-09`,
  provisional: year > 2026,
  filer: status === 'OPEN' ? null : '李红梅',
  filerPhoneMasked: status === 'OPEN' ? null : '138****1234',
  frozenAt: status === 'OPEN' ? null : daysFromNow(-340),
  submittedAt: status === 'ACCEPTED' ? daysFromNow(-338) : null,
  returnedReason: null,
  rowCount: returnRows.length,
  rows: (args: Args) => page(returnRows, args),
  exports: ['XLSX', 'CSV', 'PDF'],
  version: 1,
  history:
    status === 'ACCEPTED'
      ? [
          { at: daysFromNow(-338), kind: 'SUBMITTED', title: '提交省厅', reason: null, actor: '李红梅' },
          { at: daysFromNow(-330), kind: 'ACCEPTED', title: '省厅接收', reason: null, actor: '省厅 张敏' },
        ]
      : [],
  reminders: [
    ['-11-09', 30, true],
    ['-12-04', 10, false],
    ['-12-15', 3, false],
    ['-12-17', 1, false],
  ].map(([d, n, sent]) => ({ on: `${year}${d}`, workingDaysBefore: n, sent: status === 'ACCEPTED' || sent })),
});

const returns = [make(2026, 'OPEN'), make(2025, 'ACCEPTED'), make(2024, 'ACCEPTED')];
const byYear = (year: unknown) => returns.find((r) => r.year === year);
const byId = (key: unknown) => returns.find((r) => r.id === key);
const log = (r: Row, title: string, reason: string | null, ctx: Ctx) =>
  (r.history as Row[]).unshift({ at: now(), kind: title, title, reason, actor: ctx.account?.displayName ?? null });

const STATES = [
  'SUBMITTED',
  'ACCEPTED',
  'OPEN',
  'SUBMITTED',
  'FROZEN',
  'RETURNED',
  'OPEN',
  'SUBMITTED',
  'ACCEPTED',
  'OPEN',
  'OPEN',
];
const province: Row[] = cities
  .filter((c) => !c.isPlatform)
  .map((city, i) => {
    const status = STATES[i] ?? 'OPEN';
    const handed = ['SUBMITTED', 'ACCEPTED', 'RETURNED'].includes(status);
    return {
      __typename: 'ProvinceReturn',
      id: handed ? `pr_${city.slug}` : null,
      version: handed ? 1 : null,
      city,
      year: 2026,
      status,
      versionNo: handed ? 1 : null,
      rowCount: handed ? 30 - i : null,
      lastYearRowCount: 27 - (i % 4),
      difference: handed ? 3 - i + (i % 4) : null,
      submittedAt: handed ? daysFromNow(-i - 1) : null,
      late: false,
      monitoringCity: i < 2,
      returnedReason: status === 'RETURNED' ? '第 7 行运营性质与去年不一致，请核实。' : null,
      filer: handed ? '李红梅' : null,
      rows: (args: Args) => page(returnRows, args),
    };
  });
const deadlines: Row = {
  __typename: 'ProvinceDeadlines',
  year: 2026,
  version: 1,
  citiesDueOn: '2026-12-20',
  ministryDueOn: '2026-12-31',
  provisional: false,
};

const row = (name: string, seekerScale: string) => ({ name, nature: 'PUBLIC', seekerScale, dailySuccesses: '60' });
const changes: Row[] = [
  ...['柳巷商圈用工驿站', '北格镇农业用工服务站', '龙城大街夜间用工点', '长风街口'].map((name) => ({
    kind: 'ADDED',
    before: null,
    now: row(name, '120'),
  })),
  { kind: 'REMOVED', before: row('五一路劳务市场', '200'), now: null },
  { kind: 'CHANGED', before: row('小店区零工市场', '180-220'), now: row('小店区零工市场', '约300') },
];
let firstReport: string | null = null;

export const returnQueries = {
  firstReport: () => ({ __typename: 'FirstReport', dueOn: firstReport }),
  directoryReturn: ({ year }: Args) => byYear(year) ?? null,
  // Taiyuan has reported in earlier years, the other cities have not.
  directoryReturns: (_: Args, ctx: Ctx) => (ctx.slug === 'taiyuan' ? returns : returns.filter((r) => !r.submittedAt)),
  provinceReturns: ({ year }: Args) => province.map((p) => ({ ...p, year })),
  provinceDeadlines: ({ year }: Args) => ({ ...deadlines, year, provisional: (year as number) > 2026 }),
  provinceComparison: () => ({
    rowCount: 30,
    lastYearRowCount: 27,
    difference: 3,
    added: ['柳巷商圈用工驿站', '北格镇农业用工服务站', '龙城大街夜间用工点', '长风街口'],
    removed: ['五一路劳务市场'],
    kept: 26,
    addedCount: 4,
    removedCount: 1,
    changedCount: 1,
    changes: (args: Args) => page(changes, args),
  }),
  provinceLiaisons: () =>
    cities
      .filter((c) => !c.isPlatform)
      .map((city, i) => ({
        city,
        liaison:
          i === 9
            ? null
            : {
                id: `liaison_${i}`,
                name: ['李红梅', '郭建平', '韩丽'][i % 3],
                unit: `${city.nameZh}人力资源和社会保障局`,
                position: '就业促进科科长',
                phone: `03${50 + i}-22${1000 + i}`,
                email: null,
                validFrom: daysFromNow(-100 - i),
                validUntil: null,
                changedBy: null,
              },
        changedAt: i === 9 ? null : daysFromNow(-100 - i),
      })),
};

const provincial = (operation: string, status: string) => (args: Args) => {
  const r = province.find((p) => p.id === args.id);
  if (!r) return refuse(operation, 'NOT_FOUND', '这个市还没有上报。');
  if (operation === 'ReturnToCity' && !String(args.reason ?? '').trim())
    return refuse(operation, 'INVALID', '请写明退回的原因，市里要照着改。', 'reason');
  if (r.version !== args.version)
    return refuse(operation, 'CONFLICT', '有人刚办过这一份，请核对后再办。', 'version', { current: r });
  return Object.assign(r, { status, version: (r.version as number) + 1 });
};

export const returnMutations = {
  freezeReturn: ({ year, input }: Args, ctx: Ctx) => {
    const r = byYear(year) as Row;
    const i = input as { filer: string; filerPhone: string };
    if (!/^\d[\d-]{6,}$/.test(i.filerPhone)) return refuse('FreezeReturn', 'INVALID', '联系电话不对。', 'filerPhone');
    Object.assign(r, {
      status: 'FROZEN',
      filer: i.filer,
      filerPhoneMasked: `${i.filerPhone.slice(0, 3)}****${i.filerPhone.slice(-4)}`,
      frozenAt: now(),
      version: (r.version as number) + 1,
    });
    log(r, '冻结', null, ctx);
    return r;
  },
  unfreezeReturn: ({ id: key, reason }: Args, ctx: Ctx) => {
    const r = byId(key) as Row;
    Object.assign(r, { status: 'OPEN', versionNo: (r.versionNo as number) + 1, version: (r.version as number) + 1 });
    log(r, '解冻', reason as string, ctx);
    return r;
  },
  submitReturn: ({ id: key }: Args, ctx: Ctx) => {
    const r = byId(key) as Row;
    Object.assign(r, { status: 'SUBMITTED', submittedAt: now(), version: (r.version as number) + 1 });
    log(r, '提交省厅', null, ctx);
    return r;
  },
  exportReturn: ({ format }: Args, ctx: Ctx) => ({
    __typename: 'ExportedFile',
    url: `/${ctx.slug}/files/return.${String(format).toLowerCase()}`,
    fileName: `附件2.${String(format).toLowerCase()}`,
    expiresAt: daysFromNow(0.1),
  }),
  returnToCity: provincial('ReturnToCity', 'RETURNED'),
  acceptReturn: provincial('AcceptReturn', 'ACCEPTED'),
  setMinistryDeadline: ({ dueOn, version }: Args) =>
    version === deadlines.version
      ? Object.assign(deadlines, { ministryDueOn: dueOn, version: (deadlines.version as number) + 1 })
      : refuse('SetMinistryDeadline', 'CONFLICT', '有人刚改过报部日期，请刷新后再办。', 'version'),
  setFirstReport: ({ dueOn }: Args) => {
    if (dueOn && String(dueOn) < now().slice(0, 10))
      return refuse('SetFirstReport', 'IN_PAST', '首次报送日期不能早于今天。', 'dueOn');
    firstReport = (dueOn as string) ?? null;
    return { __typename: 'FirstReport', dueOn: firstReport };
  },
  setMonitoringCity: ({ cityCode, monitored }: Args) => {
    const r = province.find((p) => (p.city as Row).code === cityCode) as Row;
    r.monitoringCity = monitored;
    return { __typename: 'City', ...(r.city as Row) };
  },
  exportProvince: ({ format }: Args) => ({
    __typename: 'ExportedFile',
    url: `/platform/files/province.${String(format).toLowerCase()}`,
    fileName: '山西省零工市场名录.xlsx',
    expiresAt: daysFromNow(0.1),
  }),
};
