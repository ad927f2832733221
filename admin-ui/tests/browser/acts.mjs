/** The smaller acts of an office by keyboard: crowd level, a check withdrawn, a form with its filer, the first report, a password reset. */
import { focused, focusOn, pressOn, tabTo, typeInto } from './keys.mjs';
import { axe, BASE, browser, check, ready, SIZES, shot, shotsTo, watch } from './kit.mjs';
import { signInByKeys } from './story.mjs';

const OFFICER = process.env.YIZHAN_OFFICER ?? 'bureau';
const MARKET = '小店区零工市场';
/** Never closed: of a market that is, the public reads nothing of how full it was. */
const ALL_DAY = '汾河物流用工市场';
/** The card of the public page and the demo write the city before it. */
const NAMED = /^(太原市)?小店区零工市场$/;

export async function acts() {
  const { context, close } = await browser();
  const page = await context.newPage();
  await page.setViewportSize(SIZES.desk);
  const seen = watch(page);
  await signInByKeys(page, '太原', OFFICER);
  await openMarket(page, ALL_DAY);
  await sayHowFull(page, context);
  const address = await openMarket(page, MARKET, NAMED);
  await withdrawCheck(page, address);
  await freeZone(page, address);
  await exportWithFiler(page);
  await refusedPublishing(page);
  await signInByKeys(page, '阳泉', OFFICER);
  await firstReport(page);
  await signInByKeys(page, '太原', 'sysadmin');
  await resetPassword(page);
  check('acts: no error on the console', seen.length === 0, seen.slice(0, 4).join('\n     '));
  await close();
}

async function openMarket(page, name, link = name) {
  await page.goto(`${BASE}/admin/taiyuan/markets?q=${encodeURIComponent(name)}`);
  await ready(page);
  await pressOn(page, link);
  await page.waitForSelector('.facts');
  await ready(page);
  return page.url().split('?')[0];
}

async function sayHowFull(page, context) {
  let level = await tabTo(page, /^(人不多|人多|已经满了)$/);
  for (let i = 0; i < 2 && level !== '已经满了'; i += 1) {
    await page.keyboard.press('ArrowRight');
    level = await focused(page);
  }
  await pressOn(page, '发布');
  await page.locator('[aria-labelledby=crowd-title] .chip', { hasText: '已经满了' }).waitFor();
  await axe(page, 'acts: a market that is full');
  await shot(page, shotsTo, 'acts-crowd');
  const outside = await context.newPage();
  await outside.setViewportSize(SIZES.phone);
  await outside.goto(`${BASE}/taiyuan?q=${encodeURIComponent(ALL_DAY)}`);
  await outside.locator('.card .tag', { hasText: '已经满了' }).waitFor();
  await pressOn(outside, ALL_DAY);
  await outside.waitForSelector('#way');
  await ready(outside);
  check(
    'acts: the public reads that it is full, and when that was said',
    /已经满了.*工作人员 \d\d:\d\d 说的/.test(await outside.locator('.heading').textContent()),
    await outside.locator('.heading').textContent(),
  );
  await axe(outside, 'acts: the public page of a full market');
  await shot(outside, shotsTo, 'acts-crowd-public');
  await outside.close();
}

async function withdrawCheck(page, address) {
  await page.goto(`${address}?tab=checks`);
  await ready(page);
  const offers = page.getByRole('button', { name: /^撤回：/ });
  await offers.first().waitFor();
  const before = await offers.count();
  await pressOn(page, /^撤回：/);
  await page.waitForSelector('#withdraw_reason');
  await axe(page, 'acts: withdrawing a check');
  await pressOn(page, '撤回');
  await page.waitForSelector('.error-summary');
  check('acts: a check is not withdrawn without a reason', true);
  await typeInto(page, '原因', '日期记错了', { back: true });
  await pressOn(page, '撤回');
  await page.waitForSelector('.ant-modal', { state: 'detached' });
  await page.locator('td', { hasText: '日期记错了' }).waitFor();
  await offers.nth(before - 1).waitFor({ state: 'detached' });
  await ready(page);
  const after = await offers.count();
  check('acts: a withdrawn check stays in the list and says why', after === before - 1, `${before} → ${after}`);
  await axe(page, 'acts: checks with a withdrawn one');
  await shot(page, shotsTo, 'acts-withdrawn');
}

async function freeZone(page, address) {
  await page.goto(`${address}?tab=zones`);
  await ready(page);
  await pressOn(page, '添加功能区');
  await page.waitForSelector('#zone_name');
  await axe(page, 'acts: the dialog of a zone');
  check(
    'acts: a new zone is free of charge where the market is in the public interest',
    await page.locator('#zone_freeOfCharge').isChecked(),
  );
  await page.keyboard.press('Escape');
  await page.waitForSelector('.ant-modal', { state: 'detached' });
}

async function exportWithFiler(page) {
  await page.goto(`${BASE}/admin/taiyuan/markets`);
  await ready(page);
  await tabTo(page, '导出');
  await page.keyboard.press('Enter');
  await focusOn(page, 'Excel 表');
  await page.keyboard.press('ArrowUp');
  await focusOn(page, '填写填报人和备注再导出');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#export_filerPhone');
  await axe(page, 'acts: the form with its filer');
  await shot(page, shotsTo, 'acts-export');
  await typeInto(page, '填报人', '李红梅');
  await typeInto(page, '联系电话', '0351-4226666');
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  check('acts: the form was exported with its filer', download.suggestedFilename().endsWith('.xlsx'));
  await page.waitForSelector('.ant-modal', { state: 'detached' });
}

/** A refusal lies over nothing, leads to the field it names, and is over on the next page. */
async function refusedPublishing(page) {
  const id = await page.evaluate(
    async (named) => {
      const input = {
        officialName: named,
        aliasBasis: 'OFFICIAL',
        nature: 'PUBLIC',
        operatorKind: 'HRSS_DIRECT',
        operatorName: '小店区人力资源和社会保障局',
        publicInterest: true,
        address: { division: '140105', text: '太原市小店区龙城大街77号' },
        hours: [],
        trades: ['小工'],
        services: [],
        contacts: [],
      };
      const response = await fetch('/taiyuan/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-yizhan-csrf': '1' },
        body: JSON.stringify({
          query: 'mutation ($input: MarketInput!) { registerMarket(input: $input) { ... on Market { id } } }',
          variables: { input },
        }),
      });
      return (await response.json()).data.registerMarket.id;
    },
    `龙城大街零工点${Date.now() % 100_000}`,
  );
  for (const [size, viewport] of Object.entries(SIZES).reverse()) {
    await page.setViewportSize(viewport);
    await page.goto(`${BASE}/admin/taiyuan/markets/${id}`);
    await ready(page);
    await pressOn(page, '公布到名录');
    await focusOn(page, '列入名录前请先填写运行时间');
    await axe(page, `acts: a refusal (${size})`);
    await shot(page, shotsTo, `acts-refused-${size}`);
    const covered = await page.evaluate(() => {
      const box = document.querySelector('.refused').getBoundingClientRect();
      return [...document.querySelectorAll('.page-head .actions > *')]
        .map((e) => [e.textContent, e.getBoundingClientRect()])
        .filter(([, r]) => r.top < box.bottom && r.bottom > box.top)
        .map(([text]) => text);
    });
    check(`acts: a refusal covers nothing one may press (${size})`, covered.length === 0, covered.join());
  }
  const address = await page.locator('.facts dd', { hasText: '龙城大街' }).textContent();
  check('acts: an address names its city once', address.split('小店区').length === 2, address);
  await pressOn(page, '关闭');
  await focusOn(page, '公布到名录');
  await page.keyboard.press('Enter');
  await focusOn(page, '列入名录前请先填写运行时间');
  await pressOn(page, '去填写');
  await page.waitForURL(/edit#market_hours/);
  await focusOn(page, '添加一段时间');
  await page.locator('.refused').waitFor({ state: 'detached' });
  check('acts: a refusal leads to its field, and is over there', true);
}

/** A city that has reported is not asked; one that never did sets the day of its first report, once. */
async function firstReport(page) {
  const offered = () => page.getByRole('button', { name: '设定首次报送日期' }).count();
  await page.goto(`${BASE}/admin/yangquan/returns`);
  await ready(page);
  check('acts: who has reported is not offered another first day', (await offered()) === 0);
  await signInByKeys(page, '吕梁', OFFICER);
  await page.goto(`${BASE}/admin/lvliang/returns`);
  await ready(page);
  await pressOn(page, '设定首次报送日期');
  await page.waitForSelector('#first-report-day_dueOn');
  await axe(page, 'acts: the day of the first report');
  await page.locator('#first-report-day_dueOn').fill('2020-01-06');
  await pressOn(page, '保存');
  await page.waitForSelector('.ant-modal .error-summary');
  check('acts: a first day that is over is refused, and the dialog stays', true);
  await shot(page, shotsTo, 'acts-first-report');
  const day = `${new Date().getFullYear() + 1}-03-02`;
  await page.locator('#first-report-day_dueOn').fill(day);
  await pressOn(page, '保存');
  await page.waitForSelector('.ant-modal', { state: 'detached' });
  await ready(page);
  await page.getByText('首次报送日期：').waitFor();
  check('acts: the day of the first report is set, and the page says it', true);
  await axe(page, 'acts: a city that will report for the first time');
  await shot(page, shotsTo, 'acts-first-report-set');
}

/** Of somebody who has no walk of their own: whose password was reset must choose another first. */
async function resetPassword(page) {
  await page.goto(`${BASE}/admin/taiyuan/accounts`);
  await ready(page);
  await page
    .locator('tr', { hasText: /civil|auditor/ })
    .locator('.strong')
    .first()
    .click();
  await page.waitForSelector('.facts');
  await ready(page);
  await pressOn(page, '重置口令');
  await page.waitForSelector('#account-action_reason');
  await axe(page, 'acts: resetting a password');
  await typeInto(page, '原因', '忘了口令');
  await pressOn(page, '重置口令');
  // A message is gone after three seconds: which of the two it is, and what it says, is read at one glance.
  const [once, told] = await page
    .locator('.secret, .ant-message-success')
    .first()
    .evaluate((e) => [e.matches('.secret'), e.textContent]);
  if (once) {
    await axe(page, 'acts: a one-time password');
    await shot(page, shotsTo, 'acts-one-time-password');
    await pressOn(page, '我已保存');
    await page.waitForSelector('.secret', { state: 'detached' });
    check('acts: the one-time password is shown once', !(await page.content()).includes(told));
  } else {
    check('acts: the one-time password went by mail, and the page says so', told.includes('邮件'), told);
  }
}
