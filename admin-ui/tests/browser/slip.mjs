/**
 * The code of a registration slip (登记凭证): at the counter it finds the entry; to whoever scans it with a telephone it says
 * what it is for, and nothing of whose it is.
 */
import { focusOn } from './keys.mjs';
import { axe, BASE, check, ready, SIZES, shot, shotsTo, watch } from './kit.mjs';
import { elderSizes } from './public.mjs';

/** Begins and ends at the counter, with somebody found whose number is given. */
export async function slip(page, slug, { phone, idNumber }) {
  const entry = page.getByRole('link', { name: '查看登记' });
  const id = (await entry.getAttribute('href')).split('/').at(-1);
  await entry.click();
  await page.waitForURL((url) => url.pathname === `/admin/${slug}/workers/${id}`);
  await page.getByRole('heading', { level: 1, name: '李*' }).waitFor();
  await ready(page);
  await looked(page);
  const printed = page.waitForEvent('download');
  await page.getByRole('button', { name: /打印登记凭证/ }).click();
  check('counter: the slip of a registration is printed', (await printed).suggestedFilename().endsWith('.pdf'));
  const address = `${BASE}/${slug}/workers/${id}`;
  await scanned(page.context(), address, [phone, idNumber, '李']);
  await page.goto(`${BASE}/admin/${slug}/counter`);
  await ready(page);
  await focusOn(page, '手机号、身份证号');
  await page.keyboard.insertText(address);
  await page.keyboard.press('Enter');
  await page.locator('#counter-worker', { hasText: '李*' }).waitFor();
  check('counter: the code of a slip finds the entry', true);
}

/** The entry as the staff have it, at a desk and on a phone. */
async function looked(page) {
  for (const [size, viewport] of Object.entries(SIZES).reverse()) {
    await page.setViewportSize(viewport);
    await axe(page, `counter: the entry of a worker (${size})`);
    await shot(page, shotsTo, `counter-entry-${size}`);
    if (size === 'phone')
      check(
        'counter: the entry of a worker does not scroll sideways',
        await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1),
      );
  }
  await page.setViewportSize(SIZES.desk);
}

/** Somebody found the slip, and scans it. */
async function scanned(context, address, personal) {
  const outside = await context.newPage();
  const seen = watch(outside);
  await outside.setViewportSize(SIZES.phone);
  await outside.goto(address);
  await outside.getByRole('heading', { level: 1, name: '这是登记凭证上的码' }).waitFor();
  await ready(outside);
  const told = await outside.textContent('body');
  check(
    'counter: a scanned slip says nothing of whose it is',
    personal.every((value) => !told.includes(value)),
    told.slice(0, 300),
  );
  await axe(outside, 'counter: a scanned slip');
  await elderSizes(outside, 'a scanned slip');
  await shot(outside, shotsTo, 'counter-scanned');
  await outside.getByRole('link', { name: '登录看“我的”' }).click();
  await outside.waitForURL((url) => url.pathname.endsWith('/me'));
  await outside.waitForSelector('#f-phone');
  check('counter: from a scanned slip one signs in as oneself', true);
  check('counter: a scanned slip leaves no error on the console', seen.length === 0, seen.join('\n     '));
  await outside.close();
}
