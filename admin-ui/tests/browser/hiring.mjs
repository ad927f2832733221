/** Hiring at a desk: a household is registered and verified, its posting is entered, reviewed, published and taken down. */
import { signIn } from './admin.mjs';
import { choose } from './keys.mjs';
import { axe, BASE, browser, check, ready, SIZES, shot, shotsTo, watch } from './kit.mjs';
import { checked } from './numbers.mjs';

const OFFICER = process.env.YIZHAN_OFFICER ?? 'bureau';
const ADMIN = `${BASE}/admin/taiyuan`;
/** Each run has a household and a place of its own: a number is registered once, and a text that was taken down is refused. */
const SERIAL = String(100 + (Math.floor(Date.now() / 1000) % 900));

/** So many days from today, as Shanghai counts them. */
const away = (days) => new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

export async function hiring() {
  const { context, close } = await browser();
  const page = await context.newPage();
  await page.setViewportSize(SIZES.desk);
  const seen = watch(page);
  await signIn(page, '太原', OFFICER);
  await page.waitForSelector('.shell-main h1');
  const party = await registered(page);
  await verified(page, party);
  const posting = await entered(page, party);
  await clash(page, context, posting);
  await reviewed(page, posting);
  await takenDown(page, posting);
  await lists(page);
  check('hiring: no error on the console', seen.length === 0, seen.slice(0, 4).join('\n     '));
  await close();
}

async function go(page, path) {
  await page.goto(`${ADMIN}${path}`);
  await ready(page);
}

/** At a desk, then on a phone. */
async function look(page, name) {
  for (const [size, viewport] of Object.entries(SIZES).reverse()) {
    await page.setViewportSize(viewport);
    await axe(page, `hiring: ${name} (${size})`);
    await shot(page, shotsTo, `hiring-${name.replaceAll(' ', '-')}-${size}`);
    if (size === 'phone')
      check(
        `hiring: ${name} does not scroll sideways`,
        await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1),
      );
  }
  await page.setViewportSize(SIZES.desk);
}

async function county(page, field) {
  await page.locator(`#${field}`).click();
  await page.locator('.ant-cascader-menu-item', { hasText: '小店区' }).click();
  await page.keyboard.press('Escape');
}

async function registered(page) {
  await go(page, '/parties/new');
  await look(page, 'registering a party');
  await page.locator('#party_kind').click();
  await page.locator('.ant-select-item-option', { hasText: '家庭雇主' }).click();
  await page.getByLabel('姓名', { exact: true }).fill('周大江');
  await page.getByLabel('公民身份号码').fill(checked(`14010519790312${SERIAL}`));
  await page.getByLabel('联系电话').fill('13834560000');
  await county(page, 'party_county');
  await page.locator('button[type=submit]').click();
  await page.waitForURL(/\/parties\/[^/]+$/);
  await page.locator('.page-head .chip', { hasText: '待审核' }).waitFor();
  await ready(page);
  check('hiring: a registered party waits to be verified', true);
  await look(page, 'a party');
  return page.url().split('/').at(-1);
}

async function verified(page, party) {
  await go(page, '/party-reviews');
  await look(page, 'the queue of parties');
  await page
    .locator('tr', { hasText: '周*' })
    .last()
    .getByRole('button', { name: /^通过核验/ })
    .click();
  await page.locator('.refused').waitFor();
  check('hiring: a party without its steps is refused, in words', true);
  await go(page, `/parties/${party}?tab=steps`);
  await page.getByRole('button', { name: '记录核验' }).click();
  await page.waitForSelector('#step_step');
  await look(page, 'a step of the verification');
  await page.locator('.ant-modal-footer .ant-btn-primary').click();
  await page.waitForSelector('.ant-modal', { state: 'detached' });
  await ready(page);
  await page.locator('.page-head').getByRole('button', { name: '通过核验' }).click();
  await page.locator('.page-head .chip', { hasText: '已核验' }).waitFor();
  check('hiring: a party whose steps have passed is verified', true);
  await ready(page);
}

async function entered(page, party) {
  await go(page, `/postings/new?party=${encodeURIComponent(party)}`);
  await choose(page, '工种', '家政服务员');
  await page.locator('#posting_duties').fill('限女性，打扫三居室。');
  await page.locator('#posting_place').fill(`小店区平阳路 ${SERIAL} 号院`);
  await page.locator('#posting_wageFen').fill('180');
  await page.locator('#posting_shifts_0_day').fill(away(2));
  await page.locator('.check-panel mark', { hasText: '限女性' }).waitFor();
  check('hiring: the linter marks the words while they are typed', true);
  await look(page, 'the form of a posting');
  await page.locator('#posting_duties').fill('打扫三居室，擦玻璃，收拾厨房。');
  await page.locator('.check-panel mark').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '保存并提交' }).click();
  await page.locator('.page-head .chip', { hasText: '待审核' }).waitFor();
  await ready(page);
  check('hiring: a posting that was handed in waits for review', true);
  await look(page, 'a posting in review');
  return page.url().split('/').at(-1);
}

/** A colleague at the next desk saves the same posting first. */
async function clash(page, context, posting) {
  await go(page, `/postings/${posting}/edit`);
  const colleague = await context.newPage();
  await colleague.setViewportSize(SIZES.desk);
  await go(colleague, `/postings/${posting}/edit`);
  await colleague.locator('#posting_wageFen').fill('190');
  await colleague.locator('#posting_shifts_0_headcount').fill('2');
  await colleague.locator('.form-end .ant-btn-primary').click();
  await colleague.locator('.page-head .chip').first().waitFor();
  await colleague.close();
  await page.locator('#posting_wageFen').fill('200');
  await page.locator('#posting_duties').fill('打扫三居室，擦玻璃，收拾厨房和阳台。');
  await page.locator('.form-end .ant-btn-primary').click();
  await page.waitForSelector('.conflict-row');
  check(
    'hiring: two who amended one posting choose field by field',
    (await page.locator('.conflict-row').count()) === 3,
  );
  await look(page, 'two versions of a posting');
  const save = page.getByRole('button', { name: '按选择的保存' });
  check('hiring: what both changed must be chosen before it is saved', await save.isDisabled());
  await page.locator('.conflict-row', { hasText: '两边都改了' }).locator('input').first().check();
  await save.click();
  await page.waitForURL((url) => url.pathname.endsWith(posting));
  await page.locator('.page-head .chip').first().waitFor();
  await ready(page);
  const facts = await page.locator('.facts').first().textContent();
  check(
    'hiring: the saved posting has what was chosen of mine and theirs',
    ['200', '收拾厨房和阳台'].every((text) => facts.includes(text)),
    facts.slice(0, 300),
  );
  // What is changed while it waits for a review is handed in once more.
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await page.locator('.page-head .chip', { hasText: '待审核' }).waitFor();
  await ready(page);
}

async function reviewed(page, posting) {
  await go(page, '/posting-reviews');
  await look(page, 'the queue of postings');
  const row = page.locator('tr', { has: page.locator(`a[href$="${posting}"]`) });
  await row.getByRole('button', { name: /^审核/ }).click();
  await page.waitForSelector('#review_decision');
  await look(page, 'a review');
  await page.locator('.ant-modal-footer .ant-btn-primary').click();
  await page.waitForSelector('.ant-modal', { state: 'detached' });
  await row.waitFor({ state: 'detached' });
  check('hiring: what was passed leaves the queue', true);
}

async function takenDown(page, posting) {
  await go(page, `/postings/${posting}`);
  await page.locator('.page-head .chip', { hasText: '已发布' }).waitFor();
  check('hiring: what was passed is published', true);
  await look(page, 'a published posting');
  await page.getByRole('button', { name: '下架' }).click();
  await page.waitForSelector('#take-down_reason');
  await page.locator('#take-down_reason').fill('现场核实没有这份工作');
  await page.locator('#take-down_article').fill('人力资源市场暂行条例第二十四条');
  await look(page, 'taking a posting down');
  await page.locator('.ant-modal-footer .ant-btn-primary').click();
  await page.locator('.page-head .chip', { hasText: '已下架' }).waitFor();
  await ready(page);
  check('hiring: what was taken down says why', await page.getByText('现场核实没有这份工作').first().isVisible());
}

async function lists(page) {
  for (const [name, path] of [
    ['postings', '/postings'],
    ['imports of postings', '/posting-imports'],
    ['standards', '/postings/figures'],
    ['channels', '/channels'],
    ['parties', '/parties'],
    ['sampling checks', '/party-reviews?tab=rechecks'],
    ['visits', '/visits'],
    ['agencies', '/agencies'],
    ['parameters of agencies', '/agencies/parameters'],
  ]) {
    await go(page, path);
    await look(page, name);
  }
}
