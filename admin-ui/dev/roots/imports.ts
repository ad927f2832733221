import { markets } from '../data/markets';
import { type Ctx, daysFromNow, id, now, page, type Row, refuse } from '../kit';
import { startJob } from './house';

type Args = Record<string, unknown>;
type Issue = {
  row: number;
  column: string;
  columnTitle: string;
  value: string;
  code: string;
  severity: string;
  message: string;
  hint: string;
};
type MockRow = Row & { row: number; good: boolean; issues: Issue[] };
type MockImport = Row & { id: string; status: string; list: MockRow[] };

export const uploads = new Map<string, { fileName: string; size: number; purpose: string; bytes?: number }>();
const imports: MockImport[] = [];

const issue = (
  row: number,
  column: string,
  columnTitle: string,
  value: string,
  message: string,
  hint: string,
  severity = 'ERROR',
): Issue => ({ row, column, columnTitle, value, code: 'BAD', severity, message, hint });

function rows(): MockRow[] {
  return markets.slice(0, 26).map((m, i) => {
    const row = i + 4;
    const issues: Issue[] = [];
    if (i === 3)
      issues.push(
        issue(row, 'hoursText', '运行时间', '早5点到天黑', '看不懂这个时间', '写成 05:00—18:00；全天开门写“全天”'),
      );
    if (i === 8)
      issues.push(issue(row, 'nature', '运营性质', '半公益', '不是三种性质之一', '写“公共”“经营性”或“自形成”'));
    if (i === 8)
      issues.push(issue(row, 'seekerScale', '求职人员规模（人）', '二百来个', '不是人数', '写 200、约200 或 180-220'));
    if (i === 15)
      issues.push(
        issue(row, 'address', '详细地址', '西铭路', '地址里看不出是哪个街道', '在地址前写上区县和街道，或在右边选街道'),
      );
    if (i === 5)
      issues.push(
        issue(row, 'seekerScale', '求职人员规模（人）', '约９０', '读作约 90 人', '全角数字已按半角读', 'NOTE'),
      );
    if (i === 18)
      issues.push(
        issue(
          row,
          'trades',
          '主要招聘工种',
          '吊装',
          '没有对应的职业编码，按原样保留',
          '不用改；也可以换成“起重装卸机械操作工”',
          'NOTE',
        ),
      );
    const good = issues.every((x) => x.severity === 'NOTE');
    const reading = { PUBLIC: '公共', COMMERCIAL: '经营性', SPONTANEOUS: i % 2 ? '自发' : '自形成' }[m.nature];
    return {
      row,
      name: m.displayName,
      address: (m.address as { text: string }).text,
      nature: i === 8 ? null : m.nature,
      natureReading: i === 8 ? '半公益' : i === 0 ? '公益' : reading,
      publicInterest: i === 0 ? true : null,
      hoursText: i === 3 ? '早5点到天黑' : '06:00—18:00',
      seekerScale: i === 8 ? '二百来个' : '约200',
      trades: (m.trades as { name: string }[]).map((t) => t.name),
      unknownTrades: i === 18 ? ['吊装'] : [],
      dailySuccesses: '60',
      divisionName: i === 15 ? null : ((m.address as { chain: { name: string }[] }).chain[2]?.name ?? null),
      action: good ? (i % 5 === 0 ? 'CREATE' : i % 3 === 0 ? 'UPDATE' : 'UNCHANGED') : 'SKIP',
      good,
      issues,
    };
  });
}

/** The first row of the browser test's form, as an import would leave it: a draft. */
function addStoryMarket() {
  const model = markets[0];
  if (!model || markets.some((m) => m.id === 'market_story')) return;
  const name = '驿站试点零工市场';
  markets.push({
    ...model,
    id: 'market_story',
    slug: 'm900',
    status: 'DRAFT',
    officialName: name,
    alias: null,
    displayName: name,
    version: 1,
  });
}

function view(i: MockImport) {
  const good = i.list.filter((r) => r.good);
  return Object.assign(i, {
    rowCount: i.list.length,
    goodRows: good.length,
    badRows: i.list.length - good.length,
    created: good.filter((r) => r.action === 'CREATE').length,
    updated: good.filter((r) => r.action === 'UPDATE').length,
    unchanged: good.filter((r) => r.action === 'UNCHANGED').length,
    rows: (args: Args) => page(args.onlyBad ? i.list.filter((r) => !r.good) : i.list, args),
    issues: (args: Args) =>
      page(
        i.list.flatMap((r) => r.issues),
        args,
      ),
  });
}

function create(fileName: string): MockImport {
  const made = {
    __typename: 'DirectoryImport',
    id: id('import'),
    version: 1,
    fileName,
    status: 'CHECKED',
    city: '太原市',
    filer: '李红梅',
    job: null,
    refusal: null,
    listed: 0,
    notListable: 0,
    notListableReasons: [],
    createdAt: now(),
    keptUntil: daysFromNow(30),
    reportUrl: '/taiyuan/files/report.xlsx',
    fileUrl: '/taiyuan/files/original.xlsx',
    list: rows(),
  };
  imports.unshift(made);
  return made;
}
create('太原市零工市场名录（11月）.xlsx');
Object.assign(create('通讯录.xlsx'), {
  status: 'FAILED',
  refusal: '这个文件里没有名录表：找不到“零工市场名称”一列。',
  list: [],
  fileUrl: null,
});
imports.push(imports.shift() as MockImport);

const find = (key: unknown) => imports.find((i) => i.id === key);
const clash = (operation: string) => refuse(operation, 'CONFLICT', '有人刚改过这次导入，请刷新后再办。', 'version');

export const importQueries = {
  directoryImports: (args: Args) => page(imports.map(view), args),
  directoryImport: ({ id: key }: Args) => {
    const i = find(key);
    return i ? view(i) : null;
  },
};

export const importMutations = {
  createUpload: ({ input }: Args, ctx: Ctx) => {
    const i = input as { fileName: string; size: number; purpose: string };
    if (i.size === 0) return refuse('CreateUpload', 'EMPTY', '文件是空的，请选择填好的名录表。', 'size');
    if (i.size > 50e6) return refuse('CreateUpload', 'TOO_LARGE', '文件超过 20 MB，请删去图片和多余的工作表。', 'size');
    const key = id('upload');
    uploads.set(key, i);
    return {
      __typename: 'UploadTicket',
      uploadId: key,
      url: `/${ctx.slug}/uploads/${key}?sig=mock`,
      expiresAt: daysFromNow(0.02),
    };
  },
  completeUpload: ({ id: key }: Args) => {
    const u = uploads.get(key as string);
    if (!u?.bytes) return refuse('CompleteUpload', 'MISSING', '还没有收到文件，请重新上传。');
    return {
      __typename: 'Upload',
      id: key,
      fileName: u.fileName,
      size: u.bytes,
      kind: 'xlsx',
      expiresAt: daysFromNow(1),
    };
  },
  checkDirectoryImport: ({ uploadId }: Args) => {
    const u = uploads.get(uploadId as string);
    if (!u) return refuse('CheckDirectoryImport', 'NOT_FOUND', '没有找到上传的文件。');
    if (u.fileName.endsWith('.xls'))
      return refuse(
        'CheckDirectoryImport',
        'OLD_EXCEL',
        '这是旧版 .xls 文件。请在 WPS 或 Excel 里另存为 .xlsx 再上传。',
        'uploadId',
      );
    return view(create(u.fileName));
  },
  correctImportRow: (args: Args) => {
    const i = find(args.id);
    const row = i?.list.find((r) => r.row === args.row);
    if (!i || !row) return refuse('CorrectImportRow', 'NOT_FOUND', '没有这一行。');
    if (i.version !== args.version) return clash('CorrectImportRow');
    const input = args.input as Record<string, string>;
    for (const [column, value] of Object.entries(input)) {
      if (column === 'hoursText' && !/\d{1,2}:\d{2}|全天/.test(value))
        return refuse('CorrectImportRow', 'INVALID', '还是看不懂这个时间，写成 05:00—18:00。', 'hoursText');
      if (column === 'nature' && !/公共|经营|自/.test(value))
        return refuse('CorrectImportRow', 'INVALID', '写“公共”“经营性”或“自形成”。', 'nature');
      if (column !== 'division' && column !== 'nature') row[column] = value;
      if (column === 'nature')
        Object.assign(row, {
          nature: value.includes('公') ? 'PUBLIC' : value.includes('经营') ? 'COMMERCIAL' : 'SPONTANEOUS',
          natureReading: value,
        });
      row.issues = row.issues.filter((x) => x.column !== column && !(column === 'division' && x.column === 'address'));
    }
    row.good = row.issues.every((x) => x.severity === 'NOTE');
    row.action = row.good ? 'UPDATE' : 'SKIP';
    i.version = (i.version as number) + 1;
    return view(i);
  },
  applyDirectoryImport: (args: Args) => {
    const i = find(args.id);
    if (!i) return refuse('ApplyDirectoryImport', 'NOT_FOUND', '没有这次导入。');
    if (i.version !== args.version) return clash('ApplyDirectoryImport');
    if (args.mode === 'ALL_OR_NOTHING' && i.list.some((r) => !r.good))
      return refuse('ApplyDirectoryImport', 'BAD_ROWS', '还有读不懂的格子。请先改好，或选“只导入好的行”。');
    i.status = 'APPLYING';
    i.job = startJob(
      `导入 ${i.fileName}`,
      i.list.filter((r) => r.good).length,
      () => {
        i.status = 'APPLIED';
        addStoryMarket();
      },
      () => {
        i.status = 'CANCELLED';
      },
    );
    return view(i);
  },
  listImportedMarkets: (args: Args) => {
    const i = find(args.id);
    if (!i) return refuse('ListImportedMarkets', 'NOT_FOUND', '没有这次导入。');
    i.listed = Math.max(0, (i.created as number) - 1);
    for (const m of markets) if (m.id === 'market_story') m.status = 'LISTED';
    i.notListable = 1;
    i.notListableReasons = [{ reason: 'HOURS', count: 1, message: '缺运行时间，请补充。' }];
    return view(i);
  },
  cancelDirectoryImport: (args: Args) => {
    const i = find(args.id);
    if (!i) return refuse('CancelDirectoryImport', 'NOT_FOUND', '没有这次导入。');
    if (i.job) (i.job as Row).status = 'CANCELLED';
    i.status = 'CANCELLED';
    return view(i);
  },
  exportDirectory: ({ format }: Args, ctx: Ctx) => ({
    __typename: 'ExportedFile',
    url: `/${ctx.slug}/files/directory.${String(format).toLowerCase()}`,
    fileName: `太原市零工市场名录.${String(format).toLowerCase()}`,
    expiresAt: daysFromNow(0.1),
  }),
};
