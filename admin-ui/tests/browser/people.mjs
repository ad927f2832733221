/** Accounts and rights by keyboard: a line of policy, an account amended by two people at once, a masked number seen whole. */
import { openMarket } from './dialogs.mjs';
import { choose, focusOn, pressOn, tabTo, typeInto } from './keys.mjs';
import { axe, BASE, browser, check, ready, SIZES, shot, shotsTo, watch } from './kit.mjs';
import { signInByKeys } from './story.mjs';

/** Sees numbers that are not public masked; it has no second factor yet. */
const LOOKS = 'inspector';
const CLERK = 'civil';

export async function people() {
  const { context, close } = await browser();
  const page = await context.newPage();
  await page.setViewportSize(SIZES.desk);
  const seen = watch(page);
  await signInByKeys(page, '太原', LOOKS);
  await revealed(page);
  await signInByKeys(page, '太原', 'secadmin');
  await policy(page);
  await signInByKeys(page, '太原', 'sysadmin');
  await amended(page, context);
  check('people: no error on the console', seen.length === 0, seen.slice(0, 4).join('\n     '));
  await close();
}

/** The number of a contact that is not for the public: masked until somebody says why. */
async function revealed(page) {
  await openMarket(page, '小店区零工市场');
  const masked = await page
    .getByRole('button', { name: /^查看：/ })
    .first()
    .getAttribute('aria-label');
  await pressOn(page, /^查看：/);
  await page.waitForSelector('#reveal_reason');
  await axe(page, 'people: why a number is to be seen');
  await pressOn(page, '查看');
  await page.waitForSelector('.error-summary');
  check('people: no number is seen without a reason', true);
  await typeInto(page, '原因', '核对值班电话', { back: true });
  await pressOn(page, '查看');
  await page.locator('.ant-modal', { hasText: '关闭' }).waitFor();
  const whole = (await page.locator('.ant-modal').last().textContent()).match(/\d{3,4}-?\d{7,8}/)?.[0] ?? '';
  check(
    'people: with a reason the number is seen whole',
    whole !== '' && !masked.includes(whole),
    `${masked} → ${whole}`,
  );
  await axe(page, 'people: a number seen whole');
  await shot(page, shotsTo, 'people-revealed');
  await pressOn(page, '关闭');
  await page.waitForSelector('.ant-modal', { state: 'detached' });
  check('people: with its dialog the number is gone', !(await page.content()).includes(whole));
}

async function policy(page) {
  await page.goto(`${BASE}/admin/taiyuan/roles`);
  await ready(page);
  await pressOn(page, '设置策略');
  await page.waitForSelector('#policy-line_role');
  await choose(page, '角色', '监督员');
  await choose(page, '操作', '导出名录');
  await tabTo(page, '允许');
  await page.keyboard.press('ArrowRight');
  await axe(page, 'people: a line of policy');
  await shot(page, shotsTo, 'people-policy-line');
  await pressOn(page, '保存');
  await page.waitForSelector('.ant-modal', { state: 'detached' });
  const lines = page.locator('section[aria-labelledby=policy-lines]');
  await lines.locator('.chip', { hasText: '禁止' }).waitFor();
  await ready(page);
  for (const [size, viewport] of Object.entries(SIZES).reverse()) {
    await page.setViewportSize(viewport);
    await axe(page, `people: the lines of policy (${size})`);
    await shot(page, shotsTo, `people-policy-${size}`);
  }
  await page.setViewportSize(SIZES.desk);
  check('people: a line says role, action and effect', /监督员.*导出名录.*禁止/.test(await lines.textContent()));
  await pressOn(page, /^撤销监督员/);
  await focusOn(page, '取消');
  await pressOn(page, '撤销');
  await lines.getByText('尚无本市策略').waitFor();
  check('people: taken back, the defaults hold again', true);
}

async function amendDialog(page, address, name) {
  await page.goto(address);
  await page.waitForSelector('.facts');
  await ready(page);
  await pressOn(page, '修改');
  await page.waitForSelector('#amend-account_displayName');
  await typeInto(page, '姓名', name);
}

/** Two system administrators' windows: the second to save sees both sides. */
async function amended(page, context) {
  await page.goto(`${BASE}/admin/taiyuan/accounts`);
  await ready(page);
  await page.locator('tr', { hasText: CLERK }).locator('.strong').first().click();
  await page.waitForSelector('.facts');
  const address = page.url();
  await amendDialog(page, address, '王建国');
  await axe(page, 'people: amending an account');
  await shot(page, shotsTo, 'people-amend');
  const other = await context.newPage();
  await amendDialog(other, address, '王建民');
  await other.keyboard.press('Enter');
  await other.waitForSelector('.ant-modal', { state: 'detached' });
  await other.locator('h1', { hasText: '王建民' }).waitFor();
  check('people: an account is amended', true);
  await other.close();
  await page.keyboard.press('Enter');
  await page.locator('.ant-modal .ant-alert').first().waitFor();
  await ready(page);
  await axe(page, 'people: two sides of a clash');
  await shot(page, shotsTo, 'people-clash');
  await tabTo(page, '我填写的', { back: true });
  await page.keyboard.press('ArrowRight');
  const field = page.locator('#amend-account_displayName');
  await page.waitForFunction((id) => document.getElementById(id)?.value === '王建民', 'amend-account_displayName');
  check('people: the other side of a clash can be looked at', (await field.inputValue()) === '王建民');
  await page.keyboard.press('ArrowLeft');
  await page.waitForFunction((id) => document.getElementById(id)?.value === '王建国', 'amend-account_displayName');
  await pressOn(page, '保存');
  await page.waitForSelector('.ant-modal', { state: 'detached' });
  await page.locator('h1', { hasText: '王建国' }).waitFor();
  check('people: the side that is shown is saved', true);
}
