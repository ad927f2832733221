import { chainOf, division, findTrade } from './places';
import { dayFromNow, daysFromNow, type Row } from '../kit';

type Seed = [name: string, alias: string, nature: string, operator: string, place: string, street: string, opens: string, closes: string, trades: string, seekers: [number, number], done: number];

const P = 'PUBLIC';
const C = 'COMMERCIAL';
const S = 'SPONTANEOUS';
const SEEDS: Seed[] = [
  ['小店区零工市场', '小店驿站', P, 'HRSS_DIRECT', '140105006', '人民南路 88 号小店区人社服务中心一层', '06:00', '18:00', '小工 瓦工 保洁员 餐厅服务员', [260, 300], 96],
  ['坞城路零工驿站', '', P, 'ENTRUSTED', '140105001', '坞城路 36 号', '06:30', '17:30', '保姆 保洁员 护工', [110, 140], 41],
  ['许西零工市场', '许西桥头', S, 'NONE', '140105004', '平阳路许西立交桥下', '04:30', '08:30', '瓦工 小工 木工 水电工', [320, 400], 130],
  ['北营劳务集散点', '北营早市', S, 'NONE', '140105003', '北营南路与并州南路交叉口', '05:00', '08:00', '小工 钢筋工 混凝土工', [150, 200], 60],
  ['迎泽区零工市场', '迎泽驿站', P, 'PUBLIC_AGENCY_SIGNBOARD', '140106004', '迎泽大街 229 号', '07:00', '18:00', '餐厅服务员 保洁员 理货员 快递员', [180, 220], 70],
  ['桥东劳务之家', '', C, 'LICENSED_AGENCY', '140106005', '双塔西街 51 号', '08:00', '18:00', '家政服务员 养老护理员 婴幼儿发展引导员', [80, 100], 33],
  ['郝庄服装城用工点', '郝庄装卸点', S, 'NONE', '140106100', '朝阳街服装城北门', '05:30', '11:00', '装卸搬运工 理货员 包装工', [120, 160], 75],
  ['老军营零工驿站', '', P, 'ENTRUSTED', '140106006', '老军营南街 12 号社区服务中心', '07:00', '17:00', '家电维修 保洁员 家政服务员', [60, 80], 22],
  ['杏花岭区零工市场', '杏花岭驿站', P, 'HRSS_DIRECT', '140107004', '胜利街 145 号', '06:00', '18:00', '瓦工 木工 油漆 水电工', [200, 240], 88],
  ['敦化坊人力资源市场', '', C, 'LICENSED_AGENCY', '140107008', '敦化南路 9 号', '08:30', '17:30', '网约配送员 快递员 快件处理员', [90, 120], 51],
  ['涧河路早市用工点', '涧河桥头', S, 'VOLUNTEER_TEAM', '140107009', '涧河路农贸市场西侧', '04:00', '07:30', '小工 瓦工 防水工', [200, 260], 85],
  ['尖草坪区零工市场', '', P, 'PUBLIC_AGENCY_SIGNBOARD', '140108002', '迎新街 20 号', '06:30', '17:30', '管工 电工 起重装卸机械操作工', [140, 170], 55],
  ['新店钢材市场装卸点', '', S, 'NONE', '140108004', '新店街钢材市场 3 号门', '05:00', '10:00', '装卸搬运工 起重装卸机械操作工', [70, 90], 38],
  ['万柏林区零工市场', '万柏林驿站', P, 'ENTRUSTED', '140109001', '千峰南路 99 号', '06:00', '18:00', '家政服务员 保洁员 餐厅服务员 瓦工', [240, 280], 102],
  ['下元零工市场', '下元桥下', S, 'NONE', '140109003', '和平南路下元立交桥东', '04:30', '09:00', '瓦工 小工 架子工 木工', [380, 450], 160],
  ['西铭家政中心', '', C, 'LICENSED_AGENCY', '140109004', '西铭路 18 号', '08:00', '18:00', '保姆 护工 养老护理员', [70, 85], 29],
  ['晋源区零工市场', '', P, 'HRSS_DIRECT', '140110001', '义井街 6 号', '06:30', '17:30', '园艺工 农艺工 保洁员', [120, 150], 48],
  ['晋祠镇采摘用工点', '采摘点', S, 'NONE', '140110101', '晋祠公园南门停车场', '05:00', '09:00', '摘果 农艺工', [60, 120], 44],
  ['清徐县零工市场', '清徐驿站', P, 'HRSS_DIRECT', '140121100', '湖东大街 66 号', '06:00', '18:00', '采收 食品加工 装卸搬运工', [160, 200], 72],
  ['徐沟醋业园区用工点', '', C, 'LICENSED_AGENCY', '140121101', '徐沟镇醋业园区综合楼', '07:30', '17:30', '包装工 理货员 装卸搬运工', [90, 110], 40],
  ['阳曲县零工市场', '', P, 'PUBLIC_AGENCY_SIGNBOARD', '140122100', '首邑路 31 号', '07:00', '17:30', '家畜饲养员 农机驾驶操作员 小工', [80, 100], 30],
  ['娄烦县零工驿站', '', P, 'HRSS_DIRECT', '140123100', '滨河路 15 号', '07:00', '17:30', '造林更新工 护林员 小工', [50, 70], 19],
  ['古交市零工市场', '古交驿站', P, 'ENTRUSTED', '140181001', '青年路 40 号', '06:30', '18:00', '电工 管工 装卸搬运工', [130, 160], 57],
  ['综改区产业用工服务站', '', P, 'ENTRUSTED', '140171', '唐槐路 101 号', '08:00', '18:00', '快件处理员 包装工 仓储管理员', [210, 260], 99],
  ['', '长风街口', S, 'NONE', '140105002', '长风街与体育路口西南角', '05:00', '08:00', '小工 搬家', [40, 60], 20],
  ['', '东太堡市场门口', S, 'NONE', '140106005', '东太堡街农贸市场东门', '05:30', '09:00', '小工 保洁员', [30, 50], 15],
  ['平阳路家政零工驿站', '', P, 'ENTRUSTED', '140105004', '平阳路 112 号', '07:30', '18:00', '家政服务员 保姆 保洁员', [70, 90], 31],
  ['龙城大街夜间用工点', '夜市用工点', S, 'NONE', '140105007', '龙城大街高铁南站西广场', '16:30', '+01:00', '餐厅服务员 装卸搬运工', [80, 140], 52],
  ['北格镇农业用工服务站', '', P, 'HRSS_DIRECT', '140105100', '北格镇便民服务中心', '06:00', '16:00', '农艺工 摘果 园艺工', [60, 90], 27],
  ['柳巷商圈用工驿站', '', C, 'LICENSED_AGENCY', '140106001', '柳巷南路 21 号', '09:00', '20:00', '商品营业员 餐厅服务员 收银员', [110, 130], 62],
];

const ITEMS = ['EVACUATION_ROUTE', 'FIRE_EQUIPMENT', 'SECURITY_EQUIPMENT', 'ELECTRICAL', 'SANITATION', 'STRUCTURE'];
const WEEK = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];

export type MockMarket = Row & { id: string; slug: string; version: number; status: string; displayName: string; nature: string };

function hours(opens: string, closes: string) {
  const early = opens < '06:30';
  return [
    { season: 'SUMMER', fromMonth: 4, toMonth: 10, weekdays: WEEK, opens, closes, earlyOpening: early },
    { season: 'WINTER', fromMonth: 11, toMonth: 3, weekdays: WEEK.slice(0, 6), opens: opens < '06:00' ? '06:00' : opens, closes, earlyOpening: false },
  ];
}

function isOpen(opens: string, closes: string): boolean {
  const [h, m] = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Shanghai' }).format(new Date()).split(':');
  const at = `${h}:${m}`;
  return closes.startsWith('+') ? at >= opens || at < closes.slice(1) : at >= opens && at < closes;
}

function figure(low: number, high: number, method: string, overrideReason: string | null) {
  const text = low === high ? String(low) : `${low}-${high}`;
  return { low, high, approximate: low !== high, method, methodText: method === 'COUNTED' ? '按 30 天签到人数平均' : '由运营方申报', overrideReason, asOf: dayFromNow(-40), text };
}

export function addressOf(code: string, text: string, n: number) {
  const point = { lat: 37.87 + ((n * 37) % 40) / 400 - 0.05, lng: 112.55 + ((n * 53) % 40) / 400 - 0.05, crs: 'CGCS2000' };
  return {
    division: division(code) ?? division('140100'),
    text,
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
    { __typename: 'PickupBay', id: `bay_${n}_1`, label: '东侧即停即走', capacity: 6, maxStayMinutes: 10, point: null, routeText: '从东门辅路进，靠右停，不要占公交站', version: 1 },
    { __typename: 'PickupBay', id: `bay_${n}_2`, label: '南门临停', capacity: 3, maxStayMinutes: 5, point: null, routeText: null, version: 1 },
  ];
}

function build(seed: Seed, n: number): MockMarket {
  const [name, alias, nature, operatorKind, place, street, opens, closes, tradeNames, seekers, done] = seed;
  const names = tradeNames.split(' ');
  const safety = checks(n);
  const status = n === 7 ? 'SUSPENDED' : n === 21 ? 'DRAFT' : n === 23 ? 'PLANNED' : 'LISTED';
  const phone = { label: '值班室', phone: `0351-40${String(10000 + n * 37).slice(0, 5)}`, phoneDisplay: `0351-40${String(10000 + n * 37).slice(0, 5)}`, public: true };
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
    operatorName: operatorKind === 'ENTRUSTED' ? '太原市晋信人力资源服务有限公司' : operatorKind === 'LICENSED_AGENCY' ? '山西汇才人力资源有限公司' : null,
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
    contacts: nature === 'SPONTANEOUS' ? [] : [phone, ...(n % 3 ? [] : [{ label: '招聘登记', phone: '0351-5278313', phoneDisplay: '0351-5278313', public: true }])],
    services: nature === 'PUBLIC' ? ['POLICY_ADVICE', 'SOCIAL_INSURANCE', 'SKILLS_TRAINING', 'RIGHTS_PROTECTION'] : nature === 'COMMERCIAL' ? ['SKILLS_TRAINING'] : [],
    remark: n === 2 ? '每天清早人最多，注意看车。' : null,
    seekerScale: figure(seekers[0], seekers[1], 'DECLARED', null),
    dailySuccesses: figure(done, done, nature === 'SPONTANEOUS' ? 'OVERRIDE' : 'COUNTED', nature === 'SPONTANEOUS' ? '自发市场没有系统记录，按巡查三天清点' : null),
    zones: nature === 'PUBLIC' ? [
      { __typename: 'Zone', id: `zone_${n}_1`, kind: 'WAITING', name: '候工区', areaSquareMetres: 120, capacity: 80, timetable: hours(opens, closes).slice(0, 1), version: 1 },
      { __typename: 'Zone', id: `zone_${n}_2`, kind: 'POLICY_COUNTER', name: '政策窗口', areaSquareMetres: 20, capacity: 6, timetable: [], version: 1 },
    ] : [],
    facilities: nature === 'SPONTANEOUS' ? [] : [
      { __typename: 'Facility', id: `fac_${n}_1`, kind: 'WATER', name: '开水器', quantity: 2, state: 'WORKING', lastCheckedOn: dayFromNow(-30), version: 1 },
      { __typename: 'Facility', id: `fac_${n}_2`, kind: 'TOOL_LENDING', name: '工具借用柜', quantity: 1, state: n % 4 ? 'WORKING' : 'NEEDS_REPAIR', lastCheckedOn: dayFromNow(-12), version: 1 },
      { __typename: 'Facility', id: `fac_${n}_3`, kind: 'TOILET', name: '卫生间', quantity: 2, state: 'WORKING', lastCheckedOn: dayFromNow(-30), version: 1 },
    ],
    bays: bays(n),
    safetyChecks: safety,
    annotations: ['BAIDU', 'GAODE', 'TENCENT'].map((provider, i) => ({ __typename: 'MapAnnotation', id: `ann_${n}_${i}`, provider, status: ['APPROVED', 'SUBMITTED', 'TODO'][(n + i) % 3], poiId: (n + i) % 3 ? null : `B0${n}${i}FFH`, checkedOn: (n + i) % 3 === 2 ? null : dayFromNow(-20), note: null, pointToSubmit: { lat: 37.8771, lng: 112.5551, crs: i === 0 ? 'BD09' : 'GCJ02' }, version: 1 })),
    contracts: operatorKind === 'ENTRUSTED' ? [{ __typename: 'OperatorContract', id: `con_${n}`, operator: '太原市晋信人力资源服务有限公司', scope: '日常运营、信息登记、对接洽谈服务', startsOn: '2026-01-01', endsOn: n % 2 ? '2026-12-31' : '2027-12-31', indicators: [{ name: '对接成功人次', target: 20000, unit: '人次', actual: 16450 }, { name: '群众满意率', target: 95, unit: '%', actual: 97 }], current: true, version: 1 }] : [],
    projects: n === 23 || n === 6 ? [{ __typename: 'ConstructionProject', id: `proj_${n}`, mode: n === 23 ? 'NEW_BUILD' : 'CONVERSION', title: n === 23 ? '综改区产业用工服务站新建' : '郝庄装卸点引导入室改造', plannedOpenOn: '2027-03-01', milestones: [{ __typename: 'Milestone', id: `ms_${n}_1`, title: '选址批复', dueOn: '2026-08-01', doneOn: '2026-07-28', status: 'DONE' }, { __typename: 'Milestone', id: `ms_${n}_2`, title: '施工招标', dueOn: '2026-10-15', doneOn: null, status: 'LATE' }, { __typename: 'Milestone', id: `ms_${n}_3`, title: '验收开门', dueOn: '2027-02-15', doneOn: null, status: 'PLANNED' }], version: 1 }] : [],
    standardisation: standardisation(safety),
    history: [
      { at: daysFromNow(-400), kind: 'REGISTERED', title: '登记入册', reason: null, actor: '李红梅' },
      { at: daysFromNow(-398), kind: 'LISTED', title: '公布到名录', reason: null, actor: '李红梅' },
      ...(status === 'SUSPENDED' ? [{ at: daysFromNow(-14), kind: 'SUSPENDED', title: '暂停', reason: '消防改造，预计年底恢复', actor: '赵志强' }] : []),
    ],
    transparency: TRANSPARENCY,
    qrSvg: '',
    publicUrl: `/taiyuan/markets/m${String(n + 1).padStart(3, '0')}`,
    areaSquareMetres: nature === 'SPONTANEOUS' ? null : 180 + n * 11,
    version: 1,
    createdAt: daysFromNow(-400),
    updatedAt: daysFromNow(-(n % 9) - 1),
  };
  return market;
}

export const markets: MockMarket[] = SEEDS.map(build);
