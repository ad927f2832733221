/** The public pages on a phone and at a desk: axe, sizes of elder mode, search, language, print. */
import { axe, BASE, browser, check, ready, SIZES, shot, shotsTo, watch } from './kit.mjs';

const PAGES = [
  ['cities', '/'],
  ['directory', '/taiyuan'],
  ['none', '/taiyuan?q=没有这样的市场'],
  ['print', '/taiyuan/print'],
  ['check of a record', '/taiyuan/verify'],
  ['code of a slip', '/taiyuan/workers/anybody'],
];

export async function publicPages() {
  const { context, close } = await browser();
  const page = await context.newPage();
  const seen = watch(page);
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    for (const [name, path] of PAGES) {
      await page.goto(BASE + path);
      await ready(page);
      await axe(page, `public ${name} (${size})`);
      await shot(page, shotsTo, `public-${name.replaceAll(' ', '-')}-${size}`);
      if (size === 'phone')
        check(
          `public ${name} does not scroll sideways`,
          await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1),
        );
    }
    await page.goto(`${BASE}/taiyuan`);
    await ready(page);
    await page.locator('.card h2 a').first().click();
    await page.waitForSelector('#way');
    await ready(page);
    await axe(page, `public market (${size})`);
    await shot(page, shotsTo, `public-market-${size}`);
  }
  await elderMode(page);
  await searching(page);
  await leftOut(page);
  await noLine(page);
  await copying(page);
  await otherLooks(page);
  check('public pages leave no error on the console', seen.length === 0, seen.join('\n     '));
  await close();
}

async function elderMode(page) {
  await page.setViewportSize(SIZES.phone);
  await page.goto(`${BASE}/taiyuan`);
  await ready(page);
  const market = await page.locator('.card h2 a').first().getAttribute('href');
  const pages = [
    ['the cities', '/'],
    ['a market', market],
    ['the print', '/taiyuan/print'],
    ['the check of a record', '/taiyuan/verify'],
    ['the code of a slip', '/taiyuan/workers/anybody'],
    ['a city', '/taiyuan'],
  ];
  for (const [name, path] of pages) {
    await page.goto(BASE + path);
    await ready(page);
    await elderSizes(page, name);
  }
  for (const width of [360, 390, 430]) {
    await page.setViewportSize({ width, height: 780 });
    const height = await page.locator('header.top').evaluate((e) => e.offsetHeight);
    check(`elder mode: the head of the page takes one line (${width})`, height < 100, String(height));
  }
  await page.setViewportSize(SIZES.phone);
  await page.click('#mode');
  await ready(page);
  check(
    'the switch leads to the standard version and keeps the focus',
    (await page.evaluate(
      () => document.documentElement.dataset.mode === 'standard' && document.activeElement?.id === 'mode',
    )) === true,
  );
  await page.click('#mode');
  await onPaper(page);
}

export async function elderSizes(page, name) {
  const small = await page.evaluate(() =>
    [
      ...document.querySelectorAll(
        'main :is(a,button,input:not([type=checkbox],[type=radio]),select,summary), header :is(button,summary,a), footer a',
      ),
    ]
      .filter((e) => e.getClientRects().length > 0)
      .map((e) => [e.textContent?.trim() || e.id, e.getBoundingClientRect()])
      .filter(([, r]) => r.height < 59.5 || r.width < 59.5)
      .map(([name, r]) => `${name} ${Math.round(r.width)}×${Math.round(r.height)}`),
  );
  check(`elder mode, ${name}: every touch target is at least 60 × 60`, small.length === 0, small.join(', '));
  const text = await page.evaluate(() => {
    const walker = document.createTreeWalker(document.querySelector('#app'), NodeFilter.SHOW_TEXT);
    const small = new Set();
    let leading = 9;
    while (walker.nextNode()) {
      const e = walker.currentNode.parentElement;
      if (!walker.currentNode.textContent.trim() || e.getClientRects().length === 0) continue;
      const style = getComputedStyle(e);
      if (parseFloat(style.fontSize) < 18) small.add(e.textContent.slice(0, 20));
      if (e.closest('p, li') && !e.closest('.button, h1, h2, h3'))
        leading = Math.min(leading, parseFloat(style.lineHeight) / parseFloat(style.fontSize));
    }
    return { small: [...small], leading };
  });
  check(`elder mode, ${name}: no text is under 18 px`, text.small.length === 0, text.small.join(', '));
  check(`elder mode, ${name}: lines are at least 1.5 apart`, text.leading >= 1.5, String(text.leading));
}

/** Paper has its own sizes, also for those who read in elder mode on the screen. */
async function onPaper(page) {
  await page.goto(`${BASE}/taiyuan/print`);
  await ready(page);
  await page.emulateMedia({ media: 'print' });
  const size = await page.evaluate(() => getComputedStyle(document.querySelector('table')).fontSize);
  check('the printed list is set in 9 pt', size === '12px', size);
  await page.goto(`${BASE}/taiyuan`);
  await ready(page);
  const told = await page.evaluate(() => {
    const tags = [...document.querySelectorAll('.tag')].filter((e) => e.getClientRects().length > 0);
    return tags.map((e) => e.textContent).filter((text) => /现在|开门/.test(text));
  });
  check('nothing that holds for the hour only is printed', told.length === 0, told.slice(0, 3).join());
  await page.emulateMedia({ media: null });
}

async function searching(page) {
  await page.goto(`${BASE}/taiyuan`);
  await ready(page);
  const all = await page.locator('.count').textContent();
  await page.getByRole('button', { name: '瓦工' }).click();
  await page.waitForFunction(
    (before) =>
      /\d/.test(document.querySelector('.count').textContent) &&
      document.querySelector('.count').textContent !== before,
    all,
  );
  check(
    'a street name of a trade narrows the list and stands in the address',
    page.url().includes('trade='),
    page.url(),
  );
  await page.reload();
  await ready(page);
  check('a reloaded search is the same search', (await page.locator('.count').textContent()) !== all);
  await page.context().grantPermissions(['geolocation'], { origin: BASE });
  await page.context().setGeolocation({ latitude: 37.81234567, longitude: 112.56234567 });
  const [asked] = await Promise.all([
    page.waitForRequest((r) => r.url().endsWith('/graphql') && r.postData()?.includes('WGS84')),
    (async () => {
      await page.click('#near');
      await page.getByRole('button', { name: '同意，按远近排' }).click();
    })(),
  ]);
  const near = JSON.parse(asked.postData()).variables.filter.near;
  check(
    'a position is sent rounded, with its reference system',
    near.crs === 'WGS84' && near.lat === 37.812 && near.lng === 112.562,
    JSON.stringify(near),
  );
  check('a position never stands in the address', !page.url().includes('37.8'));
}

/** Markets without a point stand in no order of distance: it is said how many, with the way to all. */
async function leftOut(page) {
  const answer = { data: { all: { totalCount: 27 }, placed: { totalCount: 25 } } };
  await page.route('**/graphql', (route) =>
    route.request().postData()?.includes('query Placed') ? route.fulfill({ json: answer }) : route.fallback(),
  );
  await page.goto(`${BASE}/taiyuan?trade=瓦工`);
  await ready(page);
  await page.click('#near');
  await page.getByRole('button', { name: '同意，按远近排' }).click();
  await page.getByText('另有 2 家没有标注位置').waitFor();
  await axe(page, 'public directory by distance');
  await shot(page, shotsTo, 'public-near');
  const all = await page.getByRole('link', { name: '看全部市场' }).getAttribute('href');
  check('the way to all keeps the search', decodeURIComponent(all) === '/taiyuan?trade=瓦工', all);
  await page.unroute('**/graphql');
}

/** A city that has published no line, and a market without a number: the national line is called what it is. */
async function noLine(page) {
  await page.goto(`${BASE}/taiyuan`);
  await ready(page);
  const market = await page.locator('.card h2 a').first().getAttribute('href');
  await page.route('**/graphql', async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    if (answer.data?.publicMarket) {
      answer.data.city.hotline = null;
      answer.data.publicMarket.transparency.hotline = null;
      answer.data.publicMarket.contacts = [];
    }
    await route.fulfill({ response, json: answer });
  });
  await page.setViewportSize(SIZES.phone);
  for (const [language, none] of [
    ['en', 'not published a service line of its own'],
    ['zh-CN', '本市还没有公布自己的服务热线'],
  ]) {
    await page.goto(`${BASE}${market}?lang=${language}`);
    await page.getByText(none).waitFor();
    await ready(page);
    await axe(page, `public market without a line (${language})`);
    await shot(page, shotsTo, `public-no-line-${language}`);
    check(
      `a market without a line does not scroll sideways (${language})`,
      await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1),
    );
  }
  await page.unroute('**/graphql');
}

/** A browser that refuses the clipboard breaks nothing: the address is marked. */
async function copying(page) {
  await page.goto(`${BASE}/taiyuan`);
  await ready(page);
  await page.locator('.card h2 a').first().click();
  await page.waitForSelector('#way');
  await ready(page);
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('NotAllowedError'));
  });
  await page.getByRole('button', { name: '复制地址' }).click();
  await page.getByText('请长按复制').waitFor();
  const marked = await page.evaluate(() => String(getSelection()));
  check('a refused clipboard marks the address', marked.includes('太原市'), marked);
  check('a refused clipboard breaks nothing', (await page.locator('#broken').count()) === 0);
}

async function otherLooks(page) {
  await page.goto(`${BASE}/taiyuan?lang=en`);
  await ready(page);
  await axe(page, 'public directory in English');
  await shot(page, shotsTo, 'public-directory-en');
  await page.locator('#settings summary').click();
  await page.locator('#theme-dark').check();
  await ready(page);
  await axe(page, 'public directory in the dark');
  await page.locator('#size-3').check();
  await ready(page);
  await shot(page, shotsTo, 'public-directory-dark-largest');
  check(
    'the largest text does not scroll sideways',
    await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1),
  );
  await page.evaluate(() => localStorage.clear());
  await page.goto(`${BASE}/taiyuan/nowhere`);
  await ready(page);
  check('a wrong address says so', (await page.locator('h1').textContent())?.includes('没有找到') === true);
}
