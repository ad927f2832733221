/** The parts of a market, one after another by keyboard: licence, photos, samples, queue numbers, annotations, contracts, projects; and the ministry's form. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMarket } from './dialogs.mjs';
import { focusOn, pick, pressOn, tabTo, typeInto } from './keys.mjs';
import { axe, BASE, browser, check, ready, SIZES, shot, shotsTo, watch } from './kit.mjs';
import { signInByKeys } from './story.mjs';
import { readWorkbook } from './xlsx.mjs';

const OFFICER = process.env.YIZHAN_OFFICER ?? 'bureau';
const PROVINCE = process.env.YIZHAN_PROVINCE ?? 'province';
const MARKET = '小店区零工市场';
/** Never closed: of a market that is, the public reads no number. */
const ALL_DAY = '汾河物流用工市场';
/** The smallest picture there is. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export async function parts() {
  const { context, close } = await browser();
  const page = await context.newPage();
  await page.setViewportSize(SIZES.desk);
  const seen = watch(page);
  await signInByKeys(page, '太原', OFFICER);
  await licence(page);
  await photos(page);
  await samples(page);
  await queue(page, context);
  await annotations(page);
  await contract(page);
  await planned(page);
  await signInByKeys(page, '省级平台', PROVINCE);
  await ministryForm(page);
  await report(page);
  check('parts: no error on the console', seen.length === 0, seen.slice(0, 4).join('\n     '));
  await close();
}

/** At a desk, then on a phone. */
async function look(page, name) {
  for (const [size, viewport] of Object.entries(SIZES).reverse()) {
    await page.setViewportSize(viewport);
    await axe(page, `parts: ${name} (${size})`);
    await shot(page, shotsTo, `parts-${name.replaceAll(' ', '-')}-${size}`);
    if (size === 'phone')
      check(
        `parts: ${name} does not scroll sideways`,
        await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1),
      );
  }
  await page.setViewportSize(SIZES.desk);
}

/** A date as it stands in the field, whatever order the browser asks for its parts in. */
async function day(page, id, value) {
  await page.locator(`#${id}`).focus();
  await page.locator(`#${id}`).fill(value);
}

/** So many days from today, as Shanghai counts them: the server knows no other day. */
const away = (days) => new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
const closed = (page) => page.waitForSelector('.ant-modal', { state: 'detached' });

/** Saves what is due on a working day. The server alone has the calendar: it refuses another day and names the next that is one. */
async function saveDue(page, id) {
  await pressOn(page, '保存');
  const answer = await page.waitForFunction(() => {
    const dialog = document.querySelector('.ant-modal');
    return dialog ? dialog.querySelector('.error-summary')?.textContent.match(/可改为 ([\d-]{10})/)?.[1] : 'saved';
  });
  const next = await answer.jsonValue();
  if (next === 'saved') return;
  await day(page, id, next);
  await pressOn(page, '保存');
  await closed(page);
}

/** Presses a button that asks once more, goes past the way back, and confirms. */
async function confirm(page, button, word) {
  await pressOn(page, button);
  await page.waitForFunction(() => document.activeElement?.closest('.ant-popover'));
  await pressOn(page, word);
  await page.locator('.ant-popover:not(.ant-popover-hidden)').waitFor({ state: 'detached' });
  await ready(page);
}

async function licence(page) {
  await openMarket(page, '晋阳家政零工市场', '/edit');
  await look(page, 'form of a licensed market');
  await typeInto(page, '人力资源服务许可证编号', '晋人社服证字 14 号', { limit: 200 });
  await day(page, 'market_licenceUntil', away(400));
  await page.locator('button[type=submit]').focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('.facts');
  await ready(page);
  const facts = await page.locator('.facts').textContent();
  check(
    'parts: the licence and how long it is good stand on the card',
    facts.includes('晋人社服证字 14 号') && facts.includes(`有效期至 ${away(400)}`),
    facts.slice(0, 200),
  );
  await page.goto(`${page.url().split('?')[0]}?tab=history`);
  await ready(page);
  check(
    'parts: the history names the fields in words',
    (await page.locator('.timeline li').first().textContent()).includes('许可证编号'),
    await page.locator('.timeline li').first().textContent(),
  );
}

async function photos(page) {
  await openMarket(page, MARKET, '?tab=checks');
  await pressOn(page, '记一次检查');
  await page.waitForSelector('#check_item');
  await pick(page, '项目', '消防设备');
  await day(page, 'check_inspectedOn', away(-1));
  await day(page, 'check_expiresOn', away(300));
  await tabTo(page, '照片');
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Space')]);
  await chooser.setFiles({ name: '灭火器.png', mimeType: 'image/png', buffer: PNG });
  await look(page, 'a check with a photo');
  await pressOn(page, '保存');
  await closed(page);
  const link = page.getByRole('link', { name: '灭火器.png' });
  await link.waitFor();
  await ready(page);
  await look(page, 'checks and photos');
  const answer = await page.request.get(new URL(await link.getAttribute('href'), BASE).href);
  check('parts: the photo of a check opens', answer.ok(), String(answer.status()));
}

async function samples(page) {
  const address = await openMarket(page, MARKET, '?tab=samples');
  await pressOn(page, '记录抽样');
  await page.waitForSelector('#sample_seekers');
  await pick(page, '时段', '下午');
  await typeInto(page, '求职人数', '120');
  await typeInto(page, '招聘成功人数', '60');
  await look(page, 'a sample');
  await pressOn(page, '保存');
  await closed(page);
  await page.locator('tr', { hasText: '下午' }).waitFor();
  await ready(page);
  await pressOn(page, /^撤回：.*下午/, 'Enter');
  await page.waitForSelector('#withdraw_reason');
  await typeInto(page, '原因', '数重了');
  await pressOn(page, '撤回');
  await closed(page);
  await page.locator('tr', { hasText: '下午' }).getByText('数重了').waitFor();
  check('parts: a withdrawn sample stays and says why', true);
  await ready(page);
  await pressOn(page, '按抽样计算规模和成功人数', 'Enter', { back: true });
  await page.waitForSelector('#compute_from');
  await look(page, 'computing figures');
  await day(page, 'compute_from', away(-20));
  await pressOn(page, '计算');
  await closed(page);
  await page.goto(address);
  await ready(page);
  const facts = await page.locator('.facts').textContent();
  check('parts: the figures say that they were computed', facts.includes('抽样'), facts.slice(-300));
  await look(page, 'a market with computed figures');
}

async function queue(page, context) {
  await openMarket(page, ALL_DAY);
  await pressOn(page, '发号');
  await page.locator('.ant-message', { hasText: /发出 \d+ 号/ }).waitFor();
  // Only once the page has learnt that somebody waits can anybody be called.
  await page.getByRole('button', { name: '叫下一号', disabled: false }).waitFor();
  await ready(page);
  await pressOn(page, '叫下一号');
  const told = await page.locator('.ant-message', { hasText: /请 \d+ 号/ }).textContent();
  const now = `叫到 ${told.match(/请 (\d+) 号/)[1]} 号`;
  await page.locator('[aria-labelledby=queue-title] [role=status]', { hasText: now }).waitFor();
  await ready(page);
  const outside = await context.newPage();
  await outside.setViewportSize(SIZES.phone);
  await outside.goto(await page.getByRole('link', { name: '打开公众页面' }).evaluate((a) => a.href));
  await ready(outside);
  const heading = await outside.locator('.heading').textContent();
  check('parts: the public reads the number called', heading.includes(now), `${now} | ${heading}`);
  await axe(outside, 'parts: the public page of a market with a queue');
  await shot(outside, shotsTo, 'parts-public-queue');
  await outside.close();
}

async function annotations(page) {
  await openMarket(page, MARKET, '?tab=annotations');
  await pressOn(page, '添加');
  await page.waitForSelector('#annotation_provider');
  await pick(page, '负责人', '市局经办人');
  await day(page, 'annotation_dueOn', away(10));
  await look(page, 'an annotation to be done');
  await saveDue(page, 'annotation_dueOn');
  await page.locator('tr', { hasText: '腾讯地图' }).getByText('市局经办人').waitFor();
  await ready(page);
  const address = page.url();
  await page.goto(`${BASE}/admin/taiyuan/coverage`);
  await ready(page);
  await pick(page, '只看', '我的');
  // Those of everybody stand there until the answer has come.
  await page.waitForFunction(() => {
    const rows = document.querySelectorAll('[aria-labelledby=annotation-tasks] tbody tr[data-row-key]');
    return rows.length === 1 && rows[0].textContent.includes('腾讯地图');
  });
  check('parts: who was given an annotation finds it among theirs', true);
  await ready(page);
  await look(page, 'my annotations');
  await page.goto(address);
  await ready(page);
  await confirm(page, /^删除：腾讯地图/, '删除');
  await page.locator('tr', { hasText: '腾讯地图' }).first().waitFor({ state: 'detached' });
  check('parts: an annotation is removed', true);
}

async function contract(page) {
  await openMarket(page, '古交市零工市场', '?tab=contracts');
  await look(page, 'contracts');
  await confirm(page, /^删除：古交市劳务服务有限公司/, '删除');
  await page.getByText('还没有合同。').waitFor();
  check('parts: a contract is removed', true);
}

async function planned(page) {
  const address = await openMarket(page, '娄烦零工市场', '?tab=projects');
  await look(page, 'projects');
  await confirm(page, /^删除：静游路新址建设/, '删除');
  await page.getByText('没有建设项目。').waitFor();
  check('parts: a project is removed', true);
  await page.goto(address);
  await ready(page);
  await pressOn(page, '建成，转为登记');
  await page.locator('.page-head .chip', { hasText: '草稿' }).waitFor();
  await ready(page);
  check('parts: a planned market is opened, and is a draft then', true);
  await look(page, 'a market just opened');
}

async function ministryForm(page) {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-ministry-'));
  await page.goto(`${BASE}/admin/platform/province`);
  await ready(page);
  await tabTo(page, '导出报部表草稿（不含运行时间）');
  await page.keyboard.press('Enter');
  await focusOn(page, 'Excel 表');
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  const path = join(folder, 'ministry.xlsx');
  await download.saveAs(path);
  const [summary, markets] = [readWorkbook(path), readWorkbook(path, 2)];
  check('parts: the form for the ministry begins with the cities', summary.flat().includes('阳泉市'));
  const head = markets.find((row) => row.some((cell) => cell.includes('零工市场名称')));
  check(
    'parts: the form for the ministry has no opening hours',
    head !== undefined && !head.some((cell) => cell.includes('运行时间')),
    (head ?? markets[0]).join(),
  );
  rmSync(folder, { recursive: true });
}

/** Accepted returns become a version that no longer changes, and the day it went to the ministry is written down. */
async function report(page) {
  await pressOn(page, '接收大同市的填报');
  await page.getByText('已接收大同市的填报').waitFor();
  await ready(page);
  await pressOn(page, '定稿');
  await page.locator('.ant-modal').waitFor();
  await look(page, 'freezing the roll-up');
  const boxes = page.locator('.ant-modal input[type=checkbox]');
  for (const box of await boxes.all()) {
    await box.focus();
    await page.keyboard.press('Space');
  }
  await pressOn(page, '定稿');
  await page.getByText('已定稿：第 1 版').waitFor();
  await page.getByText('未纳入：').waitFor();
  check('parts: the province freezes what it accepted', true);
  await ready(page);
  await pressOn(page, '记录上报（第 1 版）');
  await page.locator('.ant-modal').waitFor();
  await day(page, 'report-sent_sentOn', away(0));
  await typeInto(page, '文号', '晋人社函〔2026〕1号');
  await pressOn(page, '保存');
  await page.getByText('已记录第 1 版的上报').waitFor();
  await page.getByText('按期上报').waitFor();
  check('parts: what was sent to the ministry is in time', true);
  await ready(page);
  await look(page, 'the roll-up frozen');
}
