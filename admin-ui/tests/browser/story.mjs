/** The main job, by keyboard alone: sign in, import an untidy form, mend it, publish, see it, hand in the return, see it as the province. */
import { resolve } from 'node:path';
import { choose, focused, pressOn, tabTo, typeInto } from './keys.mjs';
import { axe, BASE, browser, check, SIZES, shot, shotsTo, watch } from './kit.mjs';

const PASSWORD = process.env.YIZHAN_PASSWORD ?? 'Yizhan-2026';
const OFFICER = process.env.YIZHAN_OFFICER ?? 'bureau';
const PROVINCE = process.env.YIZHAN_PROVINCE ?? 'province';
const FORM = resolve(process.env.YIZHAN_ANNEX2 ?? new URL('./annex2-untidy.csv', import.meta.url).pathname);
const YEAR = new Date().getFullYear();

/** What a clerk would type into a bad cell, by the heading of its column. */
const MENDED = [
  [/时间/, '05:00—18:00'],
  [/性质/, '自形成'],
  [/规模/, '200'],
  [/成功/, '20'],
  [/地址/, '太原市小店区坞城街道坞城路 1 号'],
  [/名称/, '晋阳湖用工点'],
  [/工种/, '小工'],
];

export async function ready(page) {
  await page.waitForSelector('h1');
  await page.waitForFunction(() => !document.querySelector('.waiting'));
  await page.waitForLoadState('networkidle');
}

export async function signInByKeys(page, city, username) {
  await page.goto(`${BASE}/admin/sign-in`);
  await ready(page);
  await choose(page, '城市', city);
  await typeInto(page, '用户名', username);
  await typeInto(page, '密码', PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.shell-main h1');
  await ready(page);
}

export async function story() {
  const { context, close } = await browser();
  const page = await context.newPage();
  const seen = watch(page);
  await page.setViewportSize(SIZES.desk);
  await signInByKeys(page, '太原', OFFICER);
  check('story: signed in by keyboard', page.url().includes('/admin/taiyuan'));

  await importForm(page);
  await publish(page);
  await seeAsPublic(page);
  await exportForm(page);
  await handIn(page);
  await seeAsProvince(page);
  check('story: no error on the console', seen.length === 0, seen.slice(0, 4).join('\n     '));
  await close();
}

async function importForm(page) {
  await pressOn(page, '导入名录表');
  await page.waitForSelector('#import-file');
  await ready(page);
  check('story: after a change of page its heading has the focus', (await focused(page)) === '导入名录表');
  await tabTo(page, '名录表文件');
  await page.setInputFiles('#import-file', FORM);
  await pressOn(page, '上传并试读');
  await page.waitForSelector('.import-rows');
  await ready(page);
  await axe(page, 'story: the dry run');
  await shot(page, shotsTo, 'story-dry-run');
  const bad = await page.locator('.cell.bad').count();
  check('story: the dry run names bad cells', bad > 0, String(bad));
  for (let guard = 0; guard < 20; guard += 1) {
    const button = page.locator('.cell.bad button').first();
    if ((await button.count()) === 0) break;
    const name = await button.getAttribute('aria-label');
    await pressOn(page, name);
    await page.waitForSelector('.ant-modal input');
    await page.waitForTimeout(300);
    const value = MENDED.find(([column]) => column.test(name))?.[1] ?? '200';
    await page.keyboard.press('Control+A');
    await page.keyboard.type(value);
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      (label) =>
        ![...document.querySelectorAll('.cell.bad button')].some((b) => b.getAttribute('aria-label') === label),
      name,
    );
    await page.waitForSelector('.ant-modal', { state: 'detached' });
    await ready(page);
  }
  check('story: every bad cell was mended in place', (await page.locator('.cell.bad').count()) === 0);
  await pressOn(page, '导入到名录');
  await page.getByText('已导入名录').waitFor({ timeout: 60_000 });
  check('story: the import was applied', true);
  await shot(page, shotsTo, 'story-applied');
}

/** The name in the first row of the form that is imported. */
const IMPORTED = process.env.YIZHAN_IMPORTED ?? '驿站试点零工市场';

async function publish(page) {
  await pressOn(page, /^公布导入的/);
  await page.waitForSelector('.ant-message-success, .ant-notification-notice');
  await ready(page);
  await shot(page, shotsTo, 'story-listed');
  await page.goto(`${BASE}/admin/taiyuan/markets?q=${encodeURIComponent(IMPORTED)}`);
  await ready(page);
  await pressOn(page, IMPORTED);
  await page.waitForSelector('.facts');
  await ready(page);
  const state = await page.locator('.page-head .chip').first().textContent();
  if (state !== '已公布') {
    await pressOn(page, '公布到名录');
    await page.getByText('已公布，公众现在能看到').waitFor();
    await ready(page);
  }
  check(
    'story: the imported market was published',
    (await page.locator('.page-head .chip').first().textContent()) === '已公布',
  );
  page.published = { name: IMPORTED };
}

async function seeAsPublic(page) {
  await page.setViewportSize(SIZES.phone);
  await page.goto(`${BASE}/taiyuan?q=${encodeURIComponent(page.published.name)}`);
  await ready(page);
  check(
    'story: the public sees it on a phone',
    (await page.locator('.card h2').allTextContents()).includes(page.published.name),
  );
  await pressOn(page, page.published.name);
  await page.waitForSelector('#way');
  await ready(page);
  await axe(page, 'story: the public page of the new market');
  await shot(page, shotsTo, 'story-public');
  await page.setViewportSize(SIZES.desk);
}

async function exportForm(page) {
  await page.goto(`${BASE}/admin/taiyuan/markets`);
  await ready(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    (async () => {
      await pressOn(page, '导出');
      await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'menuitem');
      await page.keyboard.press('Enter');
    })(),
  ]);
  check('story: the form was exported', download.suggestedFilename().length > 0, download.suggestedFilename());
}

async function handIn(page) {
  await page.goto(`${BASE}/admin/taiyuan/returns?year=${YEAR}`);
  await ready(page);
  await pressOn(page, '冻结');
  await page.waitForSelector('#freeze_filerPhone');
  await typeInto(page, '填报人', '李红梅');
  await typeInto(page, '联系电话', '0351-4226666');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '提交省厅' }).waitFor();
  await ready(page);
  await pressOn(page, '提交省厅');
  await page.getByText('已提交省厅').waitFor();
  await ready(page);
  check('story: the return was handed in', (await page.locator('.facts .chip').first().textContent()) === '已提交');
  await shot(page, shotsTo, 'story-returned');
}

async function seeAsProvince(page) {
  await signInByKeys(page, '山西', PROVINCE);
  await pressOn(page, '各市填报');
  await page.waitForSelector('.ant-table');
  await ready(page);
  const row = await page.locator('tr', { hasText: '太原' }).first().textContent();
  check('story: the province sees it', row.includes('已提交') || row.includes('已接收'), row);
  await shot(page, shotsTo, 'story-province');
}
