import { readFileSync } from 'node:fs';
import { dayFromNow, daysFromNow, type Row } from '../kit';
import { chainOf, division, findTrade } from './places';

type Seed = [
  name: string,
  alias: string,
  nature: string,
  operator: string,
  place: string,
  street: string,
  opens: string,
  closes: string,
  trades: string,
  seekers: [number, number],
  done: number,
];

const SEEDS = JSON.parse(readFileSync(new URL('./markets.json', import.meta.url), 'utf8')) as Seed[];

const ITEMS = ['EVACUATION_ROUTE', 'FIRE_EQUIPMENT', 'SECURITY_EQUIPMENT', 'ELECTRICAL', 'SANITATION', 'STRUCTURE'];
const WEEK = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];

export type MockMarket = Row & {
  id: string;
  slug: string;
  version: number;
  status: string;
  displayName: string;
  nature: string;
};

function hours(opens: string, closes: string) {
  const early = opens < '06:30';
  return [
    { season: 'SUMMER', fromMonth: 4, toMonth: 10, weekdays: WEEK, opens, closes, earlyOpening: early },
    {
      season: 'WINTER',
      fromMonth: 11,
      toMonth: 3,
      weekdays: WEEK.slice(0, 6),
      opens: opens < '06:00' ? '06:00' : opens,
      closes,
      earlyOpening: false,
    },
  ];
}

function isOpen(opens: string, closes: string): boolean {
  const [h, m] = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Shanghai' })
    .format(new Date())
    .split(':');
  const at = `${h}:${m}`;
  return closes.startsWith('+') ? at >= opens || at < closes.slice(1) : at >= opens && at < closes;
}

function figure(low: number, high: number, method: string, overrideReason: string | null) {
  const text = low === high ? String(low) : `${low}-${high}`;
  return {
    low,
    high,
    approximate: low !== high,
    method,
    methodText: method === 'COUNTED' ? '按 30 天签到人数平均' : '由运营方申报',
    overrideReason,
    asOf: dayFromNow(-40),
    text,
  };
}

export function addressOf(code: string, text: string, n: number) {
  const point = {
    lat: 37.87 + ((n * 37) % 40) / 400 - 0.05,
    lng: 112.55 + ((n * 53) % 40) / 400 - 0.05,
    crs: 'CGCS2000',
  };
  return {
    division: division(code) ?? division('140100'),
    text,
    village: null,
    villageCode: null,
    chain: chainOf(code).map(division),
    point,
    pointIn: ({ crs }: { crs: string }) => ({ ...point, crs }),
    mapLinks: {
      baidu: `https://api.map.baidu.com/marker?location=${point.lat},${point.lng}&coord_type=bd09ll`,
      gaode: `https://uri.amap.com/marker?position=${point.lng},${point.lat}`,
      tencent: `https://apis.map.qq.com/uri/v1/marker?marker=coord:${point.lat},${point.lng}`,
    },
  };
}

export const TRANSPARENCY = { hotline: null, complaintChannels: [], emptyText: null };

function checks(n: number) {
  if (n % 4 === 3) return [];
  return ITEMS.slice(0, n % 3 === 0 ? 6 : 5).map((item, i) => ({
    __typename: 'SafetyCheck',
    id: `check_${n}_${i}`,
    item,
    result: n % 5 === 2 && i === 1 ? 'FAILED' : 'PASSED',
    inspector: '王建国',
    inspectedOn: dayFromNow(-120),
    expiresOn: dayFromNow(n % 6 === 4 && i === 0 ? -3 : 245),
    expired: n % 6 === 4 && i === 0,
    newest: true,
    withdrawnReason: null,
    note: i === 1 && n % 5 === 2 ? '灭火器两具过期' : null,
  }));
}

export function standardisation(list: Row[]) {
  const has = new Set(list.map((c) => c.item));
  const missing = ITEMS.filter((i) => !has.has(i));
  const failed = list.filter((c) => c.result === 'FAILED').map((c) => c.item);
  const expired = list.filter((c) => c.expired).map((c) => c.item);
  const reasons = [
    ...(missing.length ? [`还有 ${missing.length} 项没有检查`] : []),
    ...(failed.length ? [`${failed.length} 项检查不合格`] : []),
    ...(expired.length ? [`${expired.length} 项检查已过期`] : []),
  ];
  return { standardised: reasons.length === 0, missing, failed, expired, reasons };
}

function bays(n: number) {
  if (n % 2) return [];
  return [
    {
      __typename: 'PickupBay',
      id: `bay_${n}_1`,
      label: '东侧即停即走',
      capacity: 6,
      maxStayMinutes: 10,
      point: null,
      routeText: '从东门辅路进，靠右停，不要占公交站',
      version: 1,
    },
    {
      __typename: 'PickupBay',
      id: `bay_${n}_2`,
      label: '南门临停',
      capacity: 3,
      maxStayMinutes: 5,
      point: null,
      routeText: null,
      version: 1,
    },
  ];
}

function build(seed: Seed, n: number): MockMarket {
  const [name, alias, nature, operatorKind, place, street, opens, closes, tradeNames, seekers, done] = seed;
  const names = tradeNames.split(' ');
  const safety = checks(n);
  const status = n === 7 ? 'SUSPENDED' : n === 21 ? 'DRAFT' : n === 23 ? 'PLANNED' : 'LISTED';
  const phone = {
    label: '值班室',
    phone: `0351-40${String(10000 + n * 37).slice(0, 5)}`,
    phoneDisplay: `0351-40${String(10000 + n * 37).slice(0, 5)}`,
    public: true,
  };
  const market: MockMarket = {
    __typename: 'Market',
    id: `market_${n + 1}`,
    slug: `m${String(n + 1).padStart(3, '0')}`,
    officialName: name || null,
    alias: alias || null,
    aliasBasis: name ? 'OFFICIAL' : 'ADDRESS',
    displayName: name || alias,
    nature,
    operatorKind,
    operatorName:
      operatorKind === 'ENTRUSTED'
        ? '太原市晋信人力资源服务有限公司'
        : operatorKind === 'LICENSED_AGENCY'
          ? '山西汇才人力资源有限公司'
          : null,
    publicInterest: nature === 'PUBLIC' || n === 10,
    layout: n % 3 ? 'SERVICE_STATION' : 'COMPREHENSIVE',
    status,
    statusReason: status === 'SUSPENDED' ? '消防改造，预计年底恢复' : null,
    listedOn: status === 'LISTED' ? '2023-08-16' : null,
    address: addressOf(place, street, n),
    hours: hours(opens, closes),
    hoursText: `4-10月 ${opens}—${closes.replace('+', '次日')}；11-3月 周一至周六`,
    openNow: isOpen(opens, closes),
    hoursToday: [`${opens}—${closes.replace('+', '次日 ')}`],
    trades: names.map(findTrade).filter(Boolean),
    otherTrades: names.filter((t) => !findTrade(t)),
    contacts:
      nature === 'SPONTANEOUS'
        ? []
        : [
            phone,
            ...(n % 3
              ? []
              : [{ label: '招聘登记', phone: '0351-5278313', phoneDisplay: '0351-5278313', public: true }]),
          ],
    services:
      nature === 'PUBLIC'
        ? ['POLICY_ADVICE', 'SOCIAL_INSURANCE', 'SKILLS_TRAINING', 'RIGHTS_PROTECTION']
        : nature === 'COMMERCIAL'
          ? ['SKILLS_TRAINING']
          : [],
    remark: n === 2 ? '每天清早人最多，注意看车。' : null,
    seekerScale: figure(seekers[0], seekers[1], 'DECLARED', null),
    dailySuccesses: figure(
      done,
      done,
      nature === 'SPONTANEOUS' ? 'OVERRIDE' : 'COUNTED',
      nature === 'SPONTANEOUS' ? '自发市场没有系统记录，按巡查三天清点' : null,
    ),
    zones:
      nature === 'PUBLIC'
        ? [
            {
              __typename: 'Zone',
              id: `zone_${n}_1`,
              kind: 'WAITING',
              name: '候工区',
              areaSquareMetres: 120,
              capacity: 80,
              freeOfCharge: true,
              timetable: hours(opens, closes).slice(0, 1),
              version: 1,
            },
            {
              __typename: 'Zone',
              id: `zone_${n}_2`,
              kind: 'POLICY_COUNTER',
              name: '政策窗口',
              areaSquareMetres: 20,
              capacity: 6,
              freeOfCharge: true,
              timetable: [],
              version: 1,
            },
          ]
        : [],
    facilities:
      nature === 'SPONTANEOUS'
        ? []
        : [
            {
              __typename: 'Facility',
              id: `fac_${n}_1`,
              kind: 'WATER',
              name: '开水器',
              quantity: 2,
              state: 'WORKING',
              lastCheckedOn: dayFromNow(-30),
              version: 1,
            },
            {
              __typename: 'Facility',
              id: `fac_${n}_2`,
              kind: 'TOOL_LENDING',
              name: '工具借用柜',
              quantity: 1,
              state: n % 4 ? 'WORKING' : 'NEEDS_REPAIR',
              lastCheckedOn: dayFromNow(-12),
              version: 1,
            },
            {
              __typename: 'Facility',
              id: `fac_${n}_3`,
              kind: 'TOILET',
              name: '卫生间',
              quantity: 2,
              state: 'WORKING',
              lastCheckedOn: dayFromNow(-30),
              version: 1,
            },
          ],
    bays: bays(n),
    safetyChecks: safety,
    annotations: ['BAIDU', 'GAODE', 'TENCENT'].map((provider, i) => ({
      __typename: 'MapAnnotation',
      id: `ann_${n}_${i}`,
      provider,
      status: ['APPROVED', 'SUBMITTED', 'TODO'][(n + i) % 3],
      poiId: (n + i) % 3 ? null : `B0${n}${i}FFH`,
      checkedOn: (n + i) % 3 === 2 ? null : dayFromNow(-20),
      note: null,
      pointToSubmit: { lat: 37.8771, lng: 112.5551, crs: i === 0 ? 'BD09' : 'GCJ02' },
      version: 1,
    })),
    contracts:
      operatorKind === 'ENTRUSTED'
        ? [
            {
              __typename: 'OperatorContract',
              id: `con_${n}`,
              operator: '太原市晋信人力资源服务有限公司',
              scope: '日常运营、信息登记、对接洽谈服务',
              startsOn: '2026-01-01',
              endsOn: n % 2 ? '2026-12-31' : '2027-12-31',
              indicators: [
                { name: '对接成功人次', target: 20000, unit: '人次', actual: 16450 },
                { name: '群众满意率', target: 95, unit: '%', actual: 97 },
              ],
              current: true,
              version: 1,
            },
          ]
        : [],
    projects:
      n === 23 || n === 6
        ? [
            {
              __typename: 'ConstructionProject',
              id: `proj_${n}`,
              mode: n === 23 ? 'NEW_BUILD' : 'CONVERSION',
              title: n === 23 ? '综改区产业用工服务站新建' : '郝庄装卸点引导入室改造',
              plannedOpenOn: '2027-03-01',
              milestones: [
                {
                  __typename: 'Milestone',
                  id: `ms_${n}_1`,
                  title: '选址批复',
                  dueOn: '2026-08-01',
                  doneOn: '2026-07-28',
                  status: 'DONE',
                },
                {
                  __typename: 'Milestone',
                  id: `ms_${n}_2`,
                  title: '施工招标',
                  dueOn: '2026-10-15',
                  doneOn: null,
                  status: 'LATE',
                },
                {
                  __typename: 'Milestone',
                  id: `ms_${n}_3`,
                  title: '验收开门',
                  dueOn: '2027-02-15',
                  doneOn: null,
                  status: 'PLANNED',
                },
              ],
              version: 1,
            },
          ]
        : [],
    standardisation: standardisation(safety),
    history: [
      { at: daysFromNow(-398), kind: 'LISTED', title: '公布到名录', reason: null, actor: '李红梅', fields: [] },
      {
        at: daysFromNow(-399),
        kind: 'AMENDED',
        title: '修改信息',
        reason: null,
        actor: '李红梅',
        fields: ['address.text', 'hours', 'contacts'],
      },
      { at: daysFromNow(-400), kind: 'REGISTERED', title: '登记入册', reason: null, actor: '李红梅', fields: [] },
      ...(status === 'SUSPENDED'
        ? [
            {
              at: daysFromNow(-14),
              kind: 'SUSPENDED',
              title: '暂停',
              reason: '消防改造，预计年底恢复',
              actor: '赵志强',
              fields: [],
            },
          ]
        : []),
    ],
    transparency: TRANSPARENCY,
    qrSvg: '',
    publicUrl: `/taiyuan/markets/m${String(n + 1).padStart(3, '0')}`,
    crowd:
      n % 5 === 0 && status === 'LISTED'
        ? { level: 'BUSY', title: '较拥挤', reportedAt: daysFromNow(-0.01), expiresAt: daysFromNow(0.03) }
        : null,
    areaSquareMetres: nature === 'SPONTANEOUS' ? null : 180 + n * 11,
    version: 1,
    createdAt: daysFromNow(-400),
    updatedAt: daysFromNow(-(n % 9) - 1),
  };
  return market;
}

export const markets: MockMarket[] = SEEDS.map(build);
