/** Every page of the admin at two sizes: axe, no error on the console, no sideways scrolling of the page. */
import { choose } from './keys.mjs';
import { axe, BASE, browser, check, PASSWORD, ready, SIZES, shot, shotsTo, watch } from './kit.mjs';

const OFFICER = process.env.YIZHAN_OFFICER ?? 'bureau';

/** Who opens which pages; the accounts are those of `yizhan demo`. */
const VISITS = [
  [
    '太原',
    OFFICER,
    'taiyuan',
    [
      ['home', ''],
      ['markets', '/markets'],
      ['markets-filtered', '/markets?nature=SPONTANEOUS&early=yes&order=DIVISION'],
      ['market-new', '/markets/new'],
      ['imports', '/imports'],
      ['coverage', '/coverage'],
      ['returns', '/returns'],
      ['counter', '/counter'],
      ['engagements', '/engagements'],
      ['engagements-all', '/engagements?tab=all&only=unclosed'],
      ['engagements-unpaid', '/engagements?tab=unpaid'],
      ['engagements-points', '/engagements?tab=points'],
      ['workers', '/workers?looking=yes'],
      ['workers-statistics', '/workers?tab=statistics'],
      ['workers-parameters', '/workers?tab=parameters'],
      ['cases', '/cases'],
      ['hire-figures', '/hire-figures'],
      ['liaison', '/liaison'],
      ['profile', '/profile'],
      ['missing', '/nowhere'],
    ],
  ],
  [
    '太原',
    'sysadmin',
    'taiyuan',
    [
      ['accounts', '/accounts'],
      ['mail', '/mail'],
      ['mail-texts', '/mail?tab=texts'],
    ],
  ],
  [
    '太原',
    'secadmin',
    'taiyuan',
    [
      ['roles', '/roles'],
      ['access', '/access'],
    ],
  ],
  ['太原', 'auditadmin', 'taiyuan', [['audit', '/audit']]],
  ['太原', 'developer', 'taiyuan', [['api-keys', '/api-keys']]],
  [
    '省级平台',
    process.env.YIZHAN_PROVINCE ?? 'province',
    'platform',
    [
      ['province-home', ''],
      ['province', '/province'],
      ['province-city', '/province/taiyuan'],
      ['province-liaisons', '/liaisons'],
    ],
  ],
];
const TABS = [
  'overview',
  'zones',
  'facilities',
  'bays',
  'checks',
  'annotations',
  'contracts',
  'samples',
  'projects',
  'history',
];

export async function signIn(page, cityName, username, password = PASSWORD) {
  await page.goto(`${BASE}/admin/sign-in`);
  await ready(page);
  await choose(page, '城市', cityName);
  await page.getByLabel('用户名').fill(username);
  await page.getByLabel('口令（密码）', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
}

export async function adminPages() {
  const { context, close } = await browser();
  const page = await context.newPage();
  const seen = watch(page);
  await signInPage(page);
  for (const [city, username, slug, pages] of VISITS) {
    await signIn(page, city, username);
    await page.waitForSelector('.shell-main h1');
    await pagesOf(page, slug, pages);
    if (username === 'sysadmin') await accountPage(page);
    if (username === 'developer') await explorerPage(page);
    if (username !== OFFICER) continue;
    await marketPage(page);
    await importPage(page);
    await otherLooks(page);
  }
  check('the admin leaves no error on the console', seen.length === 0, seen.slice(0, 5).join('\n     '));
  await close();
}

async function signInPage(page) {
  await page.goto(`${BASE}/admin/accept`);
  await ready(page);
  await axe(page, 'an invitation without its token');
  await shot(page, shotsTo, 'admin-accept');
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    await page.goto(`${BASE}/admin/sign-in`);
    await ready(page);
    await axe(page, `sign-in (${size})`);
    await shot(page, shotsTo, `admin-sign-in-${size}`);
  }
  await signIn(page, '太原', OFFICER, 'wrong-password');
  await page.waitForSelector('.error-summary');
  check(
    'a wrong password is refused in words, and the words have the focus',
    await page.evaluate(() => document.activeElement?.classList.contains('error-summary') === true),
  );
  await shot(page, shotsTo, 'admin-sign-in-refused');
}

async function pagesOf(page, slug, pages) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    for (const [name, path] of pages) {
      await page.goto(`${BASE}/admin/${slug}${path}`);
      await ready(page);
      await axe(page, `admin ${name} (${size})`);
      await shot(page, shotsTo, `admin-${name}-${size}`);
      if (size === 'phone')
        check(
          `admin ${name} does not scroll sideways`,
          await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1),
        );
    }
  }
}

/** Its editor arrives in many parts: it is there when its first line is, not when the network is quiet. */
export async function explorerPage(page) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    await page.goto(`${BASE}/admin/taiyuan/schema`);
    await page.locator('.graphiql-box .view-line').first().waitFor({ timeout: 60_000 });
    await axe(page, `admin schema (${size})`);
    if (size === 'desk') await runExplorer(page);
    await shot(page, shotsTo, `admin-schema-${size}`);
  }
}

async function runExplorer(page) {
  await page.locator('.graphiql-execute-button').click();
  await page.waitForFunction(
    () => document.querySelector('.graphiql-response, .result-window')?.textContent?.includes('太原'),
    null,
    { timeout: 20_000 },
  );
  check('the explorer asks the city’s own endpoint', true);
}

async function accountPage(page) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    await page.goto(`${BASE}/admin/taiyuan/accounts`);
    await ready(page);
    await page.locator('.ant-table .strong').first().click();
    await page.waitForSelector('.facts');
    await ready(page);
    await axe(page, `admin account (${size})`);
    await shot(page, shotsTo, `admin-account-${size}`);
  }
}

async function importPage(page) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    await page.goto(`${BASE}/admin/taiyuan/imports`);
    await ready(page);
    await page.locator('.ant-table-row, .ant-table-placeholder').first().waitFor();
    // A new demo has had no import yet; the story makes one.
    if ((await page.locator('.ant-table .strong').count()) === 0) return;
    await page.locator('.ant-table .strong').first().click();
    await page.waitForSelector('.import-rows');
    await ready(page);
    await axe(page, `admin import (${size})`);
    await shot(page, shotsTo, `admin-import-${size}`);
  }
  const mend = page.getByRole('button', { name: /^改第/ }).first();
  if ((await mend.count()) === 0) return;
  await mend.click();
  await page.waitForSelector('.ant-modal input');
  await axe(page, 'admin import: mending a cell');
  await shot(page, shotsTo, 'admin-import-mend');
  await page.keyboard.press('Escape');
}

async function marketPage(page) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    // One that has something of everything.
    await page.goto(`${BASE}/admin/taiyuan/markets?q=${encodeURIComponent('小店区零工市场')}`);
    await ready(page);
    await page.locator('.ant-table .strong').first().click();
    await page.waitForSelector('.facts');
    await ready(page);
    const address = page.url().split('?')[0];
    for (const tab of TABS) {
      await page.goto(`${address}?tab=${tab}`);
      await ready(page);
      await axe(page, `admin market ${tab} (${size})`);
      await shot(page, shotsTo, `admin-market-${tab}-${size}`);
      if (size === 'phone')
        check(
          `admin market ${tab} does not scroll sideways`,
          await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1),
        );
    }
    await page.goto(`${address}/edit`);
    await ready(page);
    await axe(page, `admin market form (${size})`);
    await shot(page, shotsTo, `admin-market-edit-${size}`);
  }
}

/** Dark, large and English, on a page that shows most of the parts. */
async function otherLooks(page) {
  await page.setViewportSize(SIZES.desk);
  for (const [name, display] of [
    ['dark', { theme: 'dark' }],
    ['large', { size: 'large' }],
    ['english', { language: 'en' }],
  ]) {
    await page.evaluate((value) => localStorage.setItem('yizhan.admin.display', JSON.stringify(value)), display);
    for (const [place, path] of [
      ['markets', '/markets'],
      ['form', '/markets/new'],
      ['returns', '/returns'],
    ]) {
      await page.goto(`${BASE}/admin/taiyuan${path}`);
      await ready(page);
      await axe(page, `admin ${place} (${name})`);
      await shot(page, shotsTo, `admin-${place}-${name}`);
    }
  }
  await page.evaluate(() => localStorage.clear());
}
