/** Where forms and dialogs go wrong or end: errors that lead to their fields, a clash of versions, the focus after a dialog, a lost session. */
import { choose, focused, focusOn, pressOn, tabTo, typeInto } from './keys.mjs';
import { axe, BASE, browser, check, PASSWORD, ready, SIZES, shot, shotsTo, watch } from './kit.mjs';
import { signInByKeys } from './story.mjs';

const OFFICER = process.env.YIZHAN_OFFICER ?? 'bureau';

export async function dialogs() {
  const { context, close } = await browser();
  const page = await context.newPage();
  await page.setViewportSize(SIZES.desk);
  const seen = watch(page);
  const foreign = [];
  page.on('request', (r) => {
    if (!r.url().startsWith(BASE) && !/^(data|blob):/.test(r.url())) foreign.push(r.url());
  });
  await signInByKeys(page, '太原', OFFICER);
  await formErrors(page);
  await clash(page, context);
  await focusReturns(page);
  await tray(page);
  await menuOnPhone(page);
  await sessionLost(page);
  await firstSteps(page);
  await signInByKeys(page, '太原', 'developer');
  await secretOnce(page);
  await signInByKeys(page, '太原', 'secadmin');
  await keysOfOthers(page);
  check('no page asked another host for anything', foreign.length === 0, foreign.slice(0, 3).join(', '));
  check('dialogs: no error on the console', seen.length === 0, seen.slice(0, 4).join('\n     '));
  await close();
}

/** The page of a market by its name, as somebody finds it in the list. */
export async function openMarket(page, name, tab = '') {
  await page.goto(`${BASE}/admin/taiyuan/markets?q=${encodeURIComponent(name)}`);
  await ready(page);
  await page.locator('.ant-table .strong', { hasText: name }).first().click();
  await page.waitForSelector('.facts');
  await ready(page);
  const address = page.url().split('?')[0];
  if (tab) {
    await page.goto(`${address}${tab}`);
    await ready(page);
  }
  return address;
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

async function fillForm(page, fields) {
  for (const [id, text] of Object.entries(fields)) {
    await page.locator(`#market_${id}`).focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type(text);
  }
  await page.locator('button[type=submit]').focus();
  await page.keyboard.press('Enter');
}

/** A colleague at the next desk saves the same market first. */
async function clash(page, context) {
  await openMarket(page, '清徐县零工市场', '/edit');
  const colleague = await context.newPage();
  await colleague.goto(page.url());
  await ready(colleague);
  await fillForm(colleague, { alias: '清徐老市场', operatorName: '清徐县就业服务中心' });
  await colleague.waitForSelector('.facts');
  await colleague.close();
  await fillForm(page, { alias: '文源路零工点', remark: '周三有招聘会' });
  await page.waitForSelector('.conflict-row');
  await ready(page);
  check('a clash puts the focus on its heading', (await focused(page)) === '两个人都改了');
  for (const [size, viewport] of Object.entries(SIZES).reverse()) {
    await page.setViewportSize(viewport);
    await axe(page, `the clash of two versions (${size})`);
    await shot(page, shotsTo, `admin-conflict-${size}`);
  }
  await page.setViewportSize(SIZES.desk);
  check(
    'what nobody proposed must be chosen before saving',
    await page.getByRole('button', { name: '按选择的保存' }).isDisabled(),
  );
  await page.locator('.conflict-row', { hasText: '两边都改了' }).locator('input').first().focus();
  await page.keyboard.press('Space');
  await pressOn(page, '按选择的保存');
  await page.waitForSelector('.facts');
  await ready(page);
  const facts = await page.locator('.page').textContent();
  check(
    'the saved market has my choice and theirs',
    ['文源路零工点', '清徐县就业服务中心', '周三有招聘会'].every((text) => facts.includes(text)),
    facts.slice(0, 300),
  );
}

async function focusReturns(page) {
  await openMarket(page, '小店区零工市场', '?tab=facilities');
  await pressOn(page, '添加设施');
  await page.waitForSelector('.ant-modal');
  await axe(page, 'a dialog');
  await shot(page, shotsTo, 'admin-dialog');
  await page.keyboard.press('Escape');
  await page.waitForSelector('.ant-modal', { state: 'detached' });
  await focusOn(page, '添加设施');
  check('after a dialog the focus is back where it was', true);
  await tabTo(page, /^设施 6/, { back: true });
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
  await tabTo(page, /^查看市场/);
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

/** The security administrator finds the key that was just made, with its owner, and makes none. */
async function keysOfOthers(page) {
  await pressOn(page, '接口密钥');
  await page.waitForURL(/api-keys/);
  await ready(page);
  const line = await page.locator('tr', { hasText: '小程序' }).first().textContent();
  check('the security administrator sees the key of another, and whose it is', /developer.*作废/.test(line), line);
  check(
    'the security administrator makes no key',
    (await page.getByRole('button', { name: '新建密钥' }).count()) === 0,
  );
  for (const [size, viewport] of Object.entries(SIZES).reverse()) {
    await page.setViewportSize(viewport);
    await axe(page, `the keys of others (${size})`);
    await shot(page, shotsTo, `admin-keys-of-others-${size}`);
  }
  await page.setViewportSize(SIZES.desk);
}

async function tray(page) {
  await pressOn(page, /^后台任务/, 'Enter', { back: true });
  await page.waitForSelector('.ant-drawer [role=dialog], .jobs');
  await ready(page);
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
  await pressOn(page, '覆盖与达标');
  await page.waitForURL(/coverage/);
  await ready(page);
  await page.waitForSelector('.ant-drawer .main-menu', { state: 'hidden' });
  await focusOn(page, '覆盖与达标');
  check('the menu closes behind the page it led to, whose heading has the focus', true);
  await page.setViewportSize(SIZES.desk);
}

async function sessionLost(page) {
  await page.context().clearCookies();
  await page.goto(`${BASE}/admin/taiyuan/markets?nature=PUBLIC`);
  await page.waitForURL(/sign-in/);
  await ready(page);
  await choose(page, '城市', '太原');
  await typeInto(page, '用户名', OFFICER);
  await typeInto(page, '口令（密码）', PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.shell-main h1');
  check(
    'who was signed out comes back to where they were',
    page.url().includes('/admin/taiyuan/markets') && page.url().includes('nature=PUBLIC'),
    page.url(),
  );
}

/** What somebody new sees first. Their one-time password goes by mail, so the answer about who one is is changed on its way. */
async function firstSteps(page) {
  const due = { mustChangePassword: true };
  await page.route('**/graphql', async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    if (answer.data?.me) Object.assign(answer.data.me, due);
    await route.fulfill({ response, json: answer });
  });
  await page.goto(`${BASE}/admin/taiyuan`);
  await page.getByRole('heading', { name: '设置新口令' }).waitFor();
  await axe(page, 'a new password is demanded');
  await shot(page, shotsTo, 'admin-new-password');
  await typeInto(page, '现在的口令', PASSWORD);
  await typeInto(page, '新口令', 'another-Long-1');
  await typeInto(page, '再输一遍新口令', 'different');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.error-summary');
  check('two different new passwords are not sent', true);
  due.mustChangePassword = false;
  due.mustEnrolTotp = true;
  await page.goto(`${BASE}/admin/taiyuan`);
  await page.getByRole('heading', { name: '绑定动态口令' }).waitFor();
  await page.waitForSelector('.qr');
  await axe(page, 'a second factor is demanded');
  await shot(page, shotsTo, 'admin-enrol-totp');
  await page.unroute('**/graphql');
}
