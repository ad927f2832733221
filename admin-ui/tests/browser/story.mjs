/** The main job, by keyboard alone: sign in, import an untidy form, mend it, publish, see it, export it, hand in the return, see it as the province. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { choose, focusOn, pressOn, tabTo, typeInto } from './keys.mjs';
import { axe, BASE, browser, check, PASSWORD, ready, SIZES, shot, shotsTo, watch } from './kit.mjs';
import { readWorkbook, workbook } from './xlsx.mjs';

const OFFICER = process.env.YIZHAN_OFFICER ?? 'bureau';
const PROVINCE = process.env.YIZHAN_PROVINCE ?? 'province';

const HEAD = [
  '序号',
  '零工市场名称（无正规名称的以约定俗成或所在地址名称代称）',
  '运营性质（公共/经营性/自形成）',
  '运行时间',
  '详细地址',
  '求职人员规模（人）',
  '主要招聘工种',
  '日均招聘成功人数（人）',
];
const IMPORTED = '驿站试点零工市场';
/** As a county sends it: merged title, an own column, full-width digits, a blank row, a name left out, words for numbers. */
const UNTIDY = workbook(
  [
    ['附件2'],
    ['零工市场名录（样表）'],
    ['太原市'],
    [...HEAD, '录入人工号'],
    [
      1,
      IMPORTED,
      '公益',
      '０４：３０—18:00',
      '太原市小店区坞城街道坞城路 200 号',
      '约３００',
      '瓦工、小工 水电工/保洁员',
      96,
      'A07',
    ],
    [],
    [2, '', '自发', '早5点到天黑', '太原市迎泽区桥东街道朝阳街桥头', '200-300', '小工', 60, 'A07'],
    [3, '晋阳湖用工点', '半官方', '全天', '太原市晋源区义井街道晋阳湖北门', '很多人', '搬家 摘果', 20, 'A07'],
    ['备注：首次填报 2022 年 9 月 20 日'],
    ['填报人：李红梅', '', '', '', '联系电话：0351-4226666'],
  ],
  ['A2:I2', 'A3:I3', 'A9:I9'],
);
/** The cells that nobody can read, and what a clerk types into each. */
const MENDED = [
  ['改第 7 行的运行时间', '05:00—18:00'],
  ['改第 8 行的运营性质', '自形成'],
  ['改第 8 行的求职人员规模', '200'],
];

export async function fillSignIn(page, city, username, path = '/admin/sign-in') {
  await page.goto(BASE + path);
  await page.waitForURL(/sign-in/);
  await ready(page);
  await choose(page, '城市', city);
  await typeInto(page, '用户名', username);
  await typeInto(page, '口令（密码）', PASSWORD);
  await page.keyboard.press('Enter');
}

export async function signInByKeys(page, city, username) {
  await page.context().clearCookies();
  await fillSignIn(page, city, username, '/admin');
  await page.waitForSelector('.shell-main h1');
  await ready(page);
}

export async function story() {
  const { context, close } = await browser();
  const page = await context.newPage();
  const seen = watch(page);
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-form-'));
  const form = join(folder, '名录表.xlsx');
  writeFileSync(form, UNTIDY);
  await page.setViewportSize(SIZES.desk);
  await signInByKeys(page, '太原', OFFICER);
  check('story: signed in by keyboard', page.url().includes('/admin/taiyuan'));

  await importForm(page, form);
  await publish(page);
  await seeAsPublic(context);
  await exportForm(page, join(folder, 'export.xlsx'));
  await handIn(page);
  await seeAsProvince(page);
  check('story: no error on the console', seen.length === 0, seen.slice(0, 4).join('\n     '));
  await close();
  rmSync(folder, { recursive: true });
}

async function importForm(page, form) {
  await pressOn(page, '导入名录表');
  await page.waitForSelector('#import-file');
  await ready(page);
  await focusOn(page, '导入名录表');
  check('story: after a change of page its heading has the focus', true);
  await tabTo(page, '名录表文件');
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Space')]);
  await chooser.setFiles(form);
  await pressOn(page, '上传并预检');
  await page.waitForSelector('.import-rows');
  await ready(page);
  await axe(page, 'story: the dry run');
  await shot(page, shotsTo, 'story-dry-run');
  await wholeSheet(page);
  check(
    'story: what was passed over is said',
    (await page.locator('.sheet-issues').allTextContents()).join().includes('录入人工号'),
    (await page.locator('.sheet-issues').allTextContents()).join(),
  );
  await page.locator(`.cell.bad button[aria-label="${MENDED.at(-1)[0]}"]`).waitFor();
  const bad = await page.locator('.cell.bad button').evaluateAll((all) => all.map((b) => b.getAttribute('aria-label')));
  check('story: the dry run names the bad cells', bad.join() === MENDED.map(([cell]) => cell).join(), bad.join());
  for (const [cell, value] of MENDED) {
    await pressOn(page, cell);
    await page.waitForFunction(() => document.activeElement?.matches('.ant-modal input'));
    if (cell === MENDED[0][0]) {
      await axe(page, 'story: mending a cell');
      await shot(page, shotsTo, 'story-mend');
    }
    await page.keyboard.press('Control+A');
    await page.keyboard.type(value);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.ant-modal', { state: 'detached' });
    await page.locator(`.cell.bad button[aria-label="${cell}"]`).waitFor({ state: 'detached' });
    await ready(page);
  }
  await page.locator('.cell.bad').first().waitFor({ state: 'detached' });
  check('story: every bad cell was mended in place', true);
  await pressOn(page, '导入到名录');
  await page.getByText('新增 3 个').waitFor();
  check('story: the import was applied', true);
  await shot(page, shotsTo, 'story-applied');
}

/** At a desk all columns are in sight, on a phone nothing scrolls sideways. */
async function wholeSheet(page) {
  const widths = await page.locator('.import-rows .ant-table-content').evaluate((e) => [e.scrollWidth, e.clientWidth]);
  check('story: the dry run is read whole at a desk', widths[0] <= widths[1] + 1, widths.join(' > '));
  await page.setViewportSize({ width: 360, height: 780 });
  await shot(page, shotsTo, 'story-dry-run-phone');
  check(
    'story: the dry run does not scroll sideways on a phone',
    await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1),
  );
  await page.setViewportSize(SIZES.desk);
}

async function publish(page) {
  await ready(page);
  await pressOn(page, '公布导入的 3 个草稿');
  await page.getByText('其中 3 个已公布到名录。').waitFor();
  await ready(page);
  await shot(page, shotsTo, 'story-listed');
  await pressOn(page, '去名录', 'Enter', { back: true });
  await page.waitForURL(/\/markets/);
  await ready(page);
  await typeInto(page, '名称或地址', IMPORTED);
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=/);
  await ready(page);
  await pressOn(page, IMPORTED);
  await page.waitForSelector('.facts');
  await ready(page);
  check(
    'story: the imported market was published',
    (await page.locator('.page-head .chip').first().textContent()) === '已公布',
  );
}

/** Somebody else, on a phone. */
async function seeAsPublic(context) {
  const page = await context.newPage();
  await page.setViewportSize(SIZES.phone);
  await page.goto(`${BASE}/taiyuan`);
  await ready(page);
  await typeInto(page, '找市场', IMPORTED);
  await page.keyboard.press('Enter');
  await page.locator('.card h2', { hasText: IMPORTED }).waitFor();
  check(
    'story: the public finds it on a phone',
    (await page.locator('.card h2').allTextContents()).join() === IMPORTED,
    (await page.locator('.card h2').allTextContents()).join(),
  );
  await pressOn(page, IMPORTED);
  await page.waitForSelector('#way');
  await ready(page);
  await axe(page, 'story: the public page of the new market');
  await shot(page, shotsTo, 'story-public');
  await page.close();
}

async function exportForm(page, path) {
  await pressOn(page, '市场名录', 'Enter', { back: true });
  await page.waitForURL(/\/markets$/);
  await ready(page);
  await tabTo(page, '导出');
  await page.keyboard.press('Enter');
  await focusOn(page, 'Excel 表');
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  check('story: the form was exported', download.suggestedFilename().endsWith('.xlsx'), download.suggestedFilename());
  await download.saveAs(path);
  const rows = readWorkbook(path);
  const head = rows.find((row) => row[0] === '序号');
  check('story: the form has the eight columns of annex 2', head?.join() === HEAD.join(), head?.join());
  const row = rows.find((cells) => cells[1] === IMPORTED)?.slice(2);
  const wanted = [
    '公共',
    '04:30—18:00',
    '太原市小店区坞城街道坞城路 200 号',
    '约300',
    '砌筑工、装卸搬运工、电工、管工、保洁员',
    '96',
  ];
  check(
    'story: the imported market stands in the exported form, tidied',
    row?.join(' | ') === wanted.join(' | '),
    row?.join(' | '),
  );
}

async function handIn(page) {
  await pressOn(page, '年度填报', 'Enter', { back: true });
  await page.waitForURL(/\/returns/);
  await ready(page);
  await pressOn(page, '冻结');
  await page.waitForSelector('#freeze_filerPhone');
  await typeInto(page, '填报人', '李红梅');
  await typeInto(page, '联系电话', '0351-4226666');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '提交省厅' }).waitFor();
  await ready(page);
  await pressOn(page, '提交省厅');
  await page.locator('.ant-modal', { hasText: '市里不能收回' }).waitFor();
  await axe(page, 'story: handing in asks first');
  await pressOn(page, '提交省厅');
  await page.waitForSelector('.ant-modal', { state: 'detached' });
  await page.locator('.facts .chip', { hasText: '已提交' }).waitFor();
  await ready(page);
  check('story: the return was handed in', true);
  await shot(page, shotsTo, 'story-returned');
}

async function seeAsProvince(page) {
  await signInByKeys(page, '省级平台', PROVINCE);
  await arrived(page);
  await pressOn(page, '各市填报');
  await page.waitForSelector('.ant-table');
  await ready(page);
  const row = await page.locator('tr', { hasText: '太原' }).first().textContent();
  check('story: the province sees it', row.includes('已提交'), row);
  await axe(page, 'story: the province');
  await shot(page, shotsTo, 'story-province');
}

/** The return travels to the province as an event: the page is opened once it has arrived. */
async function arrived(page) {
  await page.waitForFunction(
    async (year) => {
      const response = await fetch('/platform/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-yizhan-csrf': '1' },
        body: JSON.stringify({ query: `{ provinceReturns(year: ${year}) { status city { slug } } }` }),
      });
      const { data } = await response.json();
      return data.provinceReturns.find((r) => r.city.slug === 'taiyuan').status === 'SUBMITTED';
    },
    new Date().getFullYear(),
    { polling: 200 },
  );
}
