/** What needs the mock: a second factor with a known code, a clash of versions, focus after dialogs, the explorer. */

import { choose, focused, focusOn, pressOn, tabTo, typeInto } from './keys.mjs';
import { axe, BASE, browser, check, SIZES, shot, shotsTo, watch } from './kit.mjs';
import { fillSignIn as fill, ready, signInByKeys } from './story.mjs';

export async function dialogs() {
  const { context, close } = await browser();
  const page = await context.newPage();
  await page.setViewportSize(SIZES.desk);
  const seen = watch(page);
  const foreign = [];
  page.on('request', (r) => {
    if (!r.url().startsWith(BASE) && !/^(data|blob):/.test(r.url())) foreign.push(r.url());
  });
  await secondFactor(page);
  await lockedOut(page);
  await firstSteps(page);
  await signInByKeys(page, '太原', 'bureau');
  await formErrors(page);
  await clash(page);
  await focusReturns(page);
  await secretOnce(page);
  await tray(page);
  await menuOnPhone(page);
  await explorer(page);
  await sessionLost(page);
  check('no page asked another host for anything', foreign.length === 0, foreign.slice(0, 3).join(', '));
  check('dialogs: no error on the console', seen.length === 0, seen.slice(0, 4).join('\n     '));
  await close();
}

async function secondFactor(page) {
  await fill(page, '太原', 'totp');
  await page.waitForSelector('#sign-in_totp');
  await focusOn(page, '动态口令');
  check('the second factor is asked for, and its field has the focus', true);
  await axe(page, 'sign-in with a second factor');
  await shot(page, shotsTo, 'admin-sign-in-totp');
  await page.keyboard.type('000000');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.error-summary');
  check(
    'a wrong code is refused at its field',
    (await page.locator('#sign-in_totp_help').textContent())?.includes('动态口令不对') === true,
  );
  await typeInto(page, '动态口令（6 位数字）', '123456');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.shell-main h1');
  check('the right code leads in', page.url().endsWith('/admin/taiyuan'));
}

async function lockedOut(page) {
  await fill(page, '太原', 'locked');
  await page.waitForSelector('.error-summary');
  check(
    'a locked account is told until when and whom to ask',
    (await page.locator('.error-summary').textContent()).includes('30 分钟'),
  );
}

async function firstSteps(page) {
  await fill(page, '太原', 'newcomer');
  await page.getByRole('heading', { name: '设置新密码' }).waitFor();
  await axe(page, 'a new password is demanded');
  await shot(page, shotsTo, 'admin-new-password');
  await typeInto(page, '现在的密码', 'Yizhan-2026');
  await typeInto(page, '新密码', 'another-Long-1');
  await typeInto(page, '再输一遍新密码', 'different');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.error-summary');
  await typeInto(page, '再输一遍新密码', 'another-Long-1');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '绑定动态口令' }).waitFor();
  await page.waitForSelector('.qr');
  await axe(page, 'a second factor is demanded');
  await shot(page, shotsTo, 'admin-enrol-totp');
  await typeInto(page, '动态口令（6 位数字）', '123456');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.shell-main h1');
  check('after both first steps the admin opens', (await page.locator('h1').textContent()).includes('王小芳'));
  await pressOn(page, /个人菜单/);
  await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'menuitem');
  await page.keyboard.press('ArrowDown');
  await focusOn(page, '退出登录');
  await page.keyboard.press('Enter');
  await page.waitForURL(/sign-in/);
  check('signing out leads to the sign-in page', true);
}

async function formErrors(page) {
  await page.goto(`${BASE}/admin/taiyuan/markets/new`);
  await ready(page);
  await page.locator('button[type=submit]').focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('.error-summary');
  await axe(page, 'the market form with errors');
  await shot(page, shotsTo, 'admin-form-errors');
  const links = await page.locator('.error-summary a').allTextContents();
  check('the summary names every missing field', links.length >= 4, links.join(' | '));
  await tabTo(page, '请填写详细地址');
  await page.keyboard.press('Enter');
  check(
    'a line of the summary leads to its field',
    (await page.evaluate(() => document.activeElement?.id)) === 'market_address_text',
    await focused(page),
  );
}

async function clash(page) {
  await page.goto(`${BASE}/admin/taiyuan/markets/market_2/edit`);
  await ready(page);
  await typeInto(page, '备注', '冲突', { limit: 200 });
  await typeInto(page, '俗称或代称', '坞城西门', { back: true, limit: 200 });
  await page.locator('button[type=submit]').focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('.conflict-row');
  await axe(page, 'the clash of two versions');
  await shot(page, shotsTo, 'admin-conflict');
  check('a clash puts the focus on its heading', (await focused(page)) === '两个人都改了这个市场');
  check(
    'what nobody proposed must be chosen before saving',
    await page.getByRole('button', { name: '按选择的保存' }).isDisabled(),
  );
  const open = page.locator('.conflict-row', { hasText: '两边都改了' });
  for (let i = 0; i < (await open.count()); i += 1) {
    await open.nth(i).locator('input').first().focus();
    await page.keyboard.press('Space');
  }
  await pressOn(page, '按选择的保存');
  await page.waitForSelector('.facts');
  await ready(page);
  const facts = await page.locator('.page').textContent();
  check(
    'the saved market has my choice and theirs',
    facts.includes('坞城西门') && facts.includes('龙城人力资源'),
    facts.slice(0, 300),
  );
}

async function focusReturns(page) {
  await page.goto(`${BASE}/admin/taiyuan/markets/market_1?tab=facilities`);
  await ready(page);
  await pressOn(page, '添加设施');
  await page.waitForSelector('.ant-modal');
  await axe(page, 'a dialog');
  await shot(page, shotsTo, 'admin-dialog');
  await page.keyboard.press('Escape');
  await page.waitForSelector('.ant-modal', { state: 'detached' });
  await focusOn(page, '添加设施');
  check('after a dialog the focus is back where it was', true);
  await tabTo(page, /^设施 3/, { back: true });
  await page.keyboard.press('ArrowRight');
  await page.waitForURL(/tab=bays/);
  check('arrows move between tabs', (await focused(page)).startsWith('上车点'));
}

async function secretOnce(page) {
  await page.goto(`${BASE}/admin/taiyuan/api-keys`);
  await ready(page);
  await pressOn(page, '新建密钥');
  await page.waitForSelector('#api-key_label');
  await typeInto(page, '名称', '小程序');
  await tabTo(page, 'directory.read');
  await page.keyboard.press('Space');
  await pressOn(page, '保存');
  await page.waitForSelector('.secret');
  await axe(page, 'the secret of a new key');
  await shot(page, shotsTo, 'admin-secret');
  const secret = await page.locator('.secret').textContent();
  await pressOn(page, '我已保存');
  await page.waitForSelector('.secret', { state: 'detached' });
  check('the secret is shown once and then gone', secret.length > 20 && !(await page.content()).includes(secret));
}

async function tray(page) {
  await pressOn(page, /^后台任务/, 'Enter', { back: true });
  await page.waitForSelector('.jobs');
  await axe(page, 'the jobs tray');
  await shot(page, shotsTo, 'admin-jobs');
  await page.keyboard.press('Escape');
  await focusOn(page, '后台任务');
  check('after the tray the focus is back on its button', true);
}

async function menuOnPhone(page) {
  await page.setViewportSize(SIZES.phone);
  await page.goto(`${BASE}/admin/taiyuan`);
  await ready(page);
  await pressOn(page, '菜单');
  await page.waitForSelector('.ant-drawer .main-menu');
  await axe(page, 'the menu on a phone');
  await shot(page, shotsTo, 'admin-menu-phone');
  await pressOn(page, '审计');
  await page.waitForURL(/audit/);
  await ready(page);
  await page.waitForSelector('.ant-drawer .main-menu', { state: 'hidden' });
  await focusOn(page, '审计');
  check('the menu closes behind the page it led to, whose heading has the focus', true);
  await page.setViewportSize(SIZES.desk);
}

async function explorer(page) {
  await page.goto(`${BASE}/admin/taiyuan/schema`);
  await page.waitForSelector('.graphiql-container .monaco-editor', { timeout: 40_000 });
  await page.waitForLoadState('networkidle');
  await page.locator('.graphiql-execute-button').click();
  await page.waitForFunction(
    () => document.querySelector('.graphiql-response, .result-window')?.textContent?.includes('太原'),
    null,
    { timeout: 20_000 },
  );
  await shot(page, shotsTo, 'admin-explorer');
  check('the explorer asks the city’s own endpoint', true);
}

async function sessionLost(page) {
  await page.goto(`${BASE}/admin/taiyuan/markets?nature=PUBLIC`);
  await ready(page);
  await page.context().clearCookies();
  await page.goto(`${BASE}/admin/taiyuan/markets?nature=PUBLIC`);
  await page.waitForURL(/sign-in/);
  await ready(page);
  await choose(page, '城市', '太原');
  await typeInto(page, '用户名', 'bureau');
  await typeInto(page, '密码', 'Yizhan-2026');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.shell-main h1');
  check(
    'who was signed out comes back to where they were',
    page.url().includes('/admin/taiyuan/markets') && page.url().includes('nature=PUBLIC'),
    page.url(),
  );
}
