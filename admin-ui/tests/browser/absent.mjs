/**
 * A no-show as the worker sees it (未到岗): one of the demo's people signs in with the number that the counter took down, reads the
 * points, and disputes it; the staff settles that by keyboard, and the worker reads what was found.
 */
import { focusOn, pressOn, typeInto } from './keys.mjs';
import { axe, BASE, browser, check, ready, shot, shotsTo } from './kit.mjs';
import { checked } from './numbers.mjs';
import { CITY, looked, officer, phonePage, press, signIn } from './phone.mjs';

/** Whom the demo did not see come, four days ago: the number and the card that the counter took down. */
const PHONE = '13700000019';
const CARD = checked('14010519880227019');

export async function absent(staff) {
  const { context, close } = await browser();
  const { page, seen } = await phonePage(context);
  await comes(page);
  const job = await reads(page);
  await page.goto(job);
  await disputes(page);
  await settles(staff);
  await page.reload();
  await page.locator('.talk .theirs', { hasText: '异议处理意见（异议成立）' }).waitFor();
  check('counter: whoever disputed reads what came of it', (await page.getByText('会来核实').count()) === 0);
  await looked(page, 'a dispute that was settled');
  check('counter: no error on the console of the worker', seen.length === 0, seen.slice(0, 4).join('\n     '));
  await close();
}

/** Whoever was registered at a counter shows by the end of the card that the entry is theirs. */
async function comes(page) {
  await page.goto(`${BASE}/${CITY}/me`);
  await page.waitForSelector('#f-phone');
  await signIn(page, await officer('sysadmin'), PHONE);
  await page.locator('#f-idTail:visible').waitFor();
  await page.fill('#f-idTail', CARD.slice(-4));
  await press(page, '登录');
  await page.locator('#work').waitFor();
  check('counter: whom a counter registered signs in with the end of the card', true);
}

async function reads(page) {
  await press(page, '全部');
  await page.locator('.card', { hasText: '没有到岗' }).getByRole('link').first().click();
  await page.locator('#next', { hasText: '登记为没有到岗' }).waitFor();
  await looked(page, 'a no-show');
  const job = page.url();
  await page.goto(`${BASE}/${CITY}/me/points`);
  await page.getByRole('heading', { name: /^没有到岗，\d+ 分$/ }).waitFor();
  check('counter: a worker reads for what the points are, and how the appeal stands', true);
  await looked(page, 'the points of a no-show');
  return job;
}

async function disputes(page) {
  await page.locator('summary', { hasText: '说得不对' }).click();
  await page.fill('#f-words', '那天我在北门等，没人来接');
  await press(page, '提出异议');
  await page.getByText('会来核实').waitFor();
  await looked(page, 'a no-show that is disputed');
}

async function settles(page) {
  await page.goto(`${BASE}/admin/${CITY}/engagements?tab=all&only=disputed`);
  await ready(page);
  await pressOn(page, /^处理异议：孙/);
  await focusOn(page, '异议成立');
  await page.locator('.ant-modal', { hasText: '在北门等' }).waitFor();
  await axe(page, 'counter: settling a dispute');
  await shot(page, shotsTo, 'counter-dispute');
  await page.keyboard.press('Space');
  await typeInto(page, '处理意见', '问过带班的，当天约的是北门，已退回记分');
  await pressOn(page, '处理异议');
  await page.getByRole('button', { name: /^处理异议：孙/ }).waitFor({ state: 'detached' });
  check('counter: a dispute is settled by keyboard, with what came of it and why', true);
}
