import { addressOf, type MockMarket, markets, standardisation, TRANSPARENCY } from '../data/markets';
import { children, division, findTrade, searchDivisions, trades } from '../data/places';
import { type Ctx, daysFromNow, id, now, page, type Row, refuse } from '../kit';

type Args = Record<string, unknown>;
type Filter = Record<string, unknown> | null | undefined;
const inside = (market: MockMarket, code: string) =>
  (market.address as { chain: { code: string }[] }).chain.some((d) => d.code === code);
const tradesOf = (m: MockMarket) => m.trades as { code: string; name: string }[];

function matches(m: MockMarket, f: Filter): boolean {
  if (!f) return true;
  const words = (f.search as string) ?? '';
  const text = `${m.displayName} ${m.alias ?? ''} ${(m.address as { text: string }).text}`;
  if (words && !text.includes(words)) return false;
  if (f.trade) {
    const trade = findTrade(f.trade as string);
    const hit = trade
      ? tradesOf(m).some((t) => t.code === trade.code)
      : tradesOf(m).some((t) => t.name.includes(f.trade as string));
    if (!hit) return false;
  }
  if (f.division && !inside(m, f.division as string)) return false;
  if (f.township && !inside(m, f.township as string)) return false;
  if (f.earlyOpening && !(m.hours as { earlyOpening: boolean }[]).some((h) => h.earlyOpening)) return false;
  for (const key of [
    'nature',
    'operatorKind',
    'publicInterest',
    'status',
    'layout',
    'aliasBasis',
    'openNow',
  ] as const) {
    if (f[key] !== undefined && f[key] !== null && m[key] !== f[key]) return false;
  }
  if (
    typeof f.standardised === 'boolean' &&
    (m.standardisation as { standardised: boolean }).standardised !== f.standardised
  )
    return false;
  if (f.zone && !(m.zones as Row[]).some((z) => z.kind === f.zone)) return false;
  if (f.facility && !(m.facilities as Row[]).some((z) => z.kind === f.facility)) return false;
  if (f.service && !(m.services as string[]).includes(f.service as string)) return false;
  if (f.withoutPoint && (m.address as Row).point) return false;
  if (f.projectMode && !(m.projects as Row[]).some((p) => p.mode === f.projectMode)) return false;
  if (f.annotationProvider && !(m.annotations as Row[]).some((a) => a.provider === f.annotationProvider)) return false;
  if (f.hasBays && (m.bays as Row[]).length === 0) return false;
  return true;
}

function publicView(m: MockMarket, near?: { lat: number; lng: number } | null) {
  const address = m.address as {
    division: { name: string; fullName: string; parent: string; level: string };
    text: string;
    point: { lat: number; lng: number };
    mapLinks: Row;
    chain: { name: string }[];
  };
  const metres = near
    ? Math.round(Math.hypot((address.point.lat - near.lat) * 111000, (address.point.lng - near.lng) * 88000))
    : null;
  return {
    ...m,
    name: m.displayName,
    alias: m.officialName ? m.alias : null,
    divisionName: address.chain[2]?.name ?? '',
    address: address.text,
    point: address.point,
    mapLinks: address.mapLinks,
    earlyOpening: (m.hours as { earlyOpening: boolean }[]).some((h) => h.earlyOpening),
    facilities: (m.facilities as { kind: string }[]).map((f) => f.kind),
    standardised: (m.standardisation as { standardised: boolean }).standardised,
    distanceMetres: metres,
  };
}

const find = (key: unknown) => markets.find((m) => m.id === key || m.slug === key);

export const marketQueries = {
  divisions: ({ parent, search }: Args) =>
    search ? searchDivisions(search as string) : children((parent as string) ?? '140100'),
  division: ({ code }: Args) => division(code as string),
  trades: ({ search, first }: Args) =>
    trades
      .filter(
        (t) => !search || t.name.includes(search as string) || t.aliases.some((a) => a.includes(search as string)),
      )
      .slice(0, (first as number) ?? 20),
  directory: (args: Args) => {
    const f = args.filter as Filter;
    const near = f?.near as { lat: number; lng: number } | null;
    const list = markets.filter((m) => m.status === 'LISTED' && matches(m, f)).map((m) => publicView(m, near));
    if (near) list.sort((a, b) => (a.distanceMetres ?? 0) - (b.distanceMetres ?? 0));
    return page(list, args);
  },
  publicMarket: ({ idOrSlug }: Args) => {
    const m = find(idOrSlug);
    return m ? publicView(m) : null;
  },
  markets: (args: Args) =>
    page(
      markets.filter((m) => matches(m, args.filter as Filter)),
      args,
    ),
  market: ({ id: key }: Args) => {
    const m = find(key);
    if (!m) return null;
    const paged = (list: string) => (args: Args) => page(m[list] as Row[], args);
    return { ...m, history: paged('history'), safetyChecks: paged('safetyChecks') };
  },
  standardisationTarget: ({ year }: Args) => {
    const met = markets.filter(
      (m) => m.publicInterest && (m.standardisation as { standardised: boolean }).standardised,
    );
    return { year, target: 1, actual: met.length, met: met.length >= 1, markets: met };
  },
  serviceGaps: ({ level }: Args) => {
    const list = level === 'COUNTY' ? children('140100') : children('140100').flatMap((c) => children(c.code));
    return list
      .map((d) => ({
        division: d,
        markets: markets.filter((m) => inside(m, d.code)).length,
        nearestMarketName: '小店区零工市场',
      }))
      .filter((g) => g.markets === 0);
  },
};

const day = (m: MockMarket, kind: string, title: string, reason: string | null, ctx: Ctx, fields: string[] = []) =>
  (m.history as Row[]).unshift({ at: now(), kind, title, reason, actor: ctx.account?.displayName ?? null, fields });

function fill(m: MockMarket, input: Row) {
  const address = input.address as {
    division: string;
    text: string;
    point?: Row;
    village?: string;
    villageCode?: string;
  };
  const names = input.trades as string[];
  const figure = (f: Row | null) =>
    f && { ...f, methodText: '', text: f.low === f.high ? `${f.low}` : `${f.low}-${f.high}` };
  Object.assign(m, input, {
    displayName: input.officialName || input.alias || address.text,
    address: {
      ...addressOf(address.division, address.text, 3),
      village: address.village ?? null,
      villageCode: address.villageCode ?? null,
      point: address.point ?? null,
    },
    hours: (input.hours as { opens: string }[]).map((h) => ({ ...h, earlyOpening: h.opens < '06:30' })),
    trades: names.map(findTrade).filter(Boolean),
    otherTrades: names.filter((t) => !findTrade(t)),
    contacts: (input.contacts as { phone: string }[]).map((c) => ({ ...c, phoneDisplay: c.phone })),
    seekerScale: figure(input.seekerScale as Row | null),
    dailySuccesses: figure(input.dailySuccesses as Row | null),
    updatedAt: now(),
  });
}

function checkInput(operation: string, input: Row) {
  const address = input.address as { text: string; division: string; village?: string; villageCode?: string };
  if (address.villageCode && !/^\d{12}$/.test(address.villageCode))
    return refuse(
      operation,
      'VILLAGE_CODE',
      '村、社区代码应为 12 位，前 9 位与街道、乡镇一致。',
      'address.villageCode',
    );
  if (!division(address.division))
    return refuse(operation, 'INVALID', '行政区划代码不存在，请重新选择区县和街道。', 'address.division');
  const hours = input.hours as { opens: string; closes: string }[];
  const bad = hours.findIndex((h) => !h.closes.startsWith('+') && h.closes <= h.opens);
  if (bad >= 0)
    return refuse(operation, 'INVALID', '关门时间要晚于开门时间；过半夜的请写成“+02:00”。', `hours.${bad}.closes`);
  const contacts = input.contacts as { phone: string }[];
  const phone = contacts.findIndex((c) => !/^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|12\d{3})$/.test(c.phone));
  if (phone >= 0)
    return refuse(operation, 'INVALID', '电话号码不对。手机 11 位，座机写成 0351-5278313。', `contacts.${phone}.phone`);
  return null;
}

const step = (operation: string, status: string, title: string) => (args: Args, ctx: Ctx) => {
  const m = find(args.id);
  if (!m) return refuse(operation, 'NOT_ALLOWED', '没有这个市场。');
  if (m.version !== args.version)
    return refuse(operation, 'CONFLICT', '有人刚改过这个市场，请核对后再办。', null, { current: m });
  m.status = status;
  m.statusReason = (args.reason as string) ?? null;
  m.version += 1;
  day(m, status, title, (args.reason as string) ?? null, ctx);
  return m;
};

const part = (operation: string, list: string, typename: string) => (args: Args) => {
  const m = find(args.marketId);
  if (!m) return refuse(operation, 'NOT_ALLOWED', '没有这个市场。');
  const rows = m[list] as Row[];
  const input = args.input as Row;
  if (typename === 'Zone' && m.publicInterest && input.freeOfCharge === false)
    return refuse(operation, 'CHARGED', '公益性零工市场应免费提供场地。', 'freeOfCharge');
  if (typename === 'Zone') input.freeOfCharge ??= m.publicInterest;
  const old = rows.find((r) => r.id === args.id || (typename === 'MapAnnotation' && r.provider === input.provider));
  if (old) {
    if (args.version && old.version !== args.version)
      return refuse(operation, 'CONFLICT', '有人刚改过这一条，请刷新后再改。');
    return Object.assign(old, input, { version: (old.version as number) + 1 });
  }
  const row: Row = {
    __typename: typename,
    id: id('part'),
    version: 1,
    expired: false,
    newest: true,
    withdrawnReason: null,
    current: true,
    ...input,
  };
  if (typename === 'ConstructionProject')
    row.milestones = (input.milestones as Row[]).map((s) => ({
      id: id('ms'),
      status: s.doneOn ? 'DONE' : 'PLANNED',
      ...s,
    }));
  rows.push(row);
  if (list === 'safetyChecks') {
    for (const r of rows) r.newest = r === row || (r.newest && r.item !== row.item);
    m.standardisation = standardisation(rows.filter((r) => r.newest));
  }
  return row;
};

type List = 'zones' | 'facilities' | 'bays' | 'contracts' | 'projects' | 'annotations';
const remove = (list: List) => (args: Args) => {
  const operation = `Remove${{ zones: 'Zone', facilities: 'Facility', bays: 'Bay', contracts: 'Contract', projects: 'Project', annotations: 'Annotation' }[list]}`;
  const row = markets.flatMap((m) => m[list] as Row[]).find((r) => r.id === args.id);
  if (row && row.version !== args.version) return refuse(operation, 'CONFLICT', '有人刚改过这一条，请刷新后再删。');
  for (const m of markets) m[list] = (m[list] as Row[]).filter((r) => r.id !== args.id);
  return { __typename: 'Removed', id: args.id };
};

export const marketMutations = {
  registerMarket: ({ input, planned }: Args, ctx: Ctx) => {
    const bad = checkInput('RegisterMarket', input as Row);
    if (bad) return bad;
    const n = markets.length + 1;
    const blank = {
      zones: [],
      facilities: [],
      bays: [],
      safetyChecks: [],
      annotations: [],
      contracts: [],
      projects: [],
      history: [],
      crowd: null,
    };
    const m = {
      __typename: 'Market',
      ...blank,
      id: `market_${n}`,
      slug: `m${n}`,
      version: 1,
      status: planned ? 'PLANNED' : 'DRAFT',
      statusReason: null,
      listedOn: null,
      standardisation: standardisation([]),
      transparency: TRANSPARENCY,
      qrSvg: '',
      publicUrl: `/taiyuan/markets/m${n}`,
      createdAt: daysFromNow(0),
      hoursText: '',
      hoursToday: [],
      openNow: false,
    } as unknown as MockMarket;
    fill(m, input as Row);
    day(m, 'REGISTERED', '登记入册', null, ctx);
    markets.push(m);
    return m;
  },
  amendMarket: (args: Args, ctx: Ctx) => {
    const m = find(args.id);
    const input = args.input as Row;
    if (!m) return refuse('AmendMarket', 'NOT_ALLOWED', '没有这个市场。');
    // Typing “冲突” into the remark plays the part of a colleague who saved first.
    if (m.version !== args.version || (String(input.remark ?? '').includes('冲突') && !m.played)) {
      if (m.version === args.version) {
        m.played = true;
        m.version += 1;
        m.alias = `${m.alias ?? ''}东门`;
        m.operatorName = '太原市龙城人力资源服务有限公司';
      }
      return refuse('AmendMarket', 'CONFLICT', '有人在您之后先保存了这个市场。请逐项选择要留下哪一个。', null, {
        current: m,
      });
    }
    const bad = checkInput('AmendMarket', input);
    if (bad) return bad;
    fill(m, input);
    m.version += 1;
    day(m, 'AMENDED', '修改信息', null, ctx, ['address.text', 'hours']);
    return m;
  },
  openMarket: step('OpenMarket', 'DRAFT', '建成转登记'),
  listMarket: step('ListMarket', 'LISTED', '公布到名录'),
  suspendMarket: step('SuspendMarket', 'SUSPENDED', '暂停'),
  resumeMarket: step('ResumeMarket', 'LISTED', '恢复'),
  delistMarket: step('DelistMarket', 'DELISTED', '撤下名录'),
  saveZone: part('SaveZone', 'zones', 'Zone'),
  removeZone: remove('zones'),
  saveFacility: part('SaveFacility', 'facilities', 'Facility'),
  removeFacility: remove('facilities'),
  saveBay: part('SaveBay', 'bays', 'PickupBay'),
  removeBay: remove('bays'),
  removeContract: remove('contracts'),
  removeProject: remove('projects'),
  removeAnnotation: remove('annotations'),
  reportCrowd: ({ marketId, level, minutes }: Args) => {
    const m = find(marketId);
    if (m?.status !== 'LISTED') return refuse('ReportCrowd', 'NOT_LISTED', '该市场未列入名录，无需发布拥挤程度。');
    m.crowd = {
      level,
      title: { NORMAL: '正常', BUSY: '较拥挤', FULL: '已满' }[level as string],
      reportedAt: now(),
      expiresAt: daysFromNow(((minutes as number) ?? 60) / 1440),
    };
    return m;
  },
  withdrawSafetyCheck: ({ id: key, reason }: Args) => {
    for (const m of markets) {
      const rows = m.safetyChecks as Row[];
      const row = rows.find((r) => r.id === key);
      if (!row) continue;
      Object.assign(row, { withdrawnReason: reason, newest: false });
      m.standardisation = standardisation(rows.filter((r) => r.newest));
      return row;
    }
    return refuse('WithdrawSafetyCheck', 'ALREADY_WITHDRAWN', '该检查记录已撤回，无需重复办理。');
  },
  recordSafetyCheck: part('RecordSafetyCheck', 'safetyChecks', 'SafetyCheck'),
  saveAnnotation: part('SaveAnnotation', 'annotations', 'MapAnnotation'),
  saveContract: part('SaveContract', 'contracts', 'OperatorContract'),
  saveProject: part('SaveProject', 'projects', 'ConstructionProject'),
};
