/** A second factor: enrolled by an officer at their desk, asked for at the next sign-in. Codes are computed as a phone would. */
import { createHmac } from 'node:crypto';
import { focusOn, pressOn, typeInto } from './keys.mjs';
import { axe, BASE, browser, check, ready, SIZES, shot, shotsTo, watch } from './kit.mjs';
import { fillSignIn, signInByKeys } from './story.mjs';

const CITY = '太原';
const WHO = process.env.YIZHAN_ENROLS ?? 'supervisor';
const FIELD = '动态口令（6 位数字）';

/** RFC 6238: SHA-1, six digits, steps of 30 seconds. */
function code(secret, step) {
  const bits = [...secret]
    .map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', key).update(counter).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** The step the clock is in: asked whenever a code is typed, since a walk takes longer than a step. */
const present = () => Math.floor(Date.now() / 30_000);

export async function factor() {
  const { context, close } = await browser();
  const page = await context.newPage();
  await page.setViewportSize(SIZES.desk);
  const seen = watch(page);
  await signInByKeys(page, CITY, WHO);
  const { secret, taken } = await enrol(page);
  await pressOn(page, /个人菜单/, 'Enter', { back: true });
  await focusOn(page, '个人设置');
  await page.keyboard.press('ArrowDown');
  await focusOn(page, '退出登录');
  await page.keyboard.press('Enter');
  await page.waitForURL(/sign-in/);
  await signInWithCode(page, secret, taken);
  check('factor: no error on the console', seen.length === 0, seen.slice(0, 4).join('\n     '));
  await close();
}

/** Enrolled with the present step's code, which the server takes until the next step is over. */
async function enrol(page) {
  await page.goto(`${BASE}/admin/taiyuan/profile`);
  await ready(page);
  await pressOn(page, '绑定');
  await page.waitForSelector('.qr');
  await ready(page);
  await axe(page, 'enrolling a second factor');
  await shot(page, shotsTo, 'admin-profile-enrol');
  const secret = (await page.locator('.secret').textContent()).replaceAll(' ', '');
  await typeInto(page, FIELD, wrong(secret));
  await page.keyboard.press('Enter');
  await page.locator('#totp_code_help').waitFor();
  check(
    'factor: a wrong first code is refused at its field',
    (await page.locator('#totp_code_help').textContent()).includes('动态口令不正确'),
  );
  const taken = present();
  await typeInto(page, FIELD, code(secret, taken));
  await page.keyboard.press('Enter');
  await page.getByText('已绑定。').waitFor();
  check('factor: the second factor is enrolled', true);
  return { secret, taken };
}

async function signInWithCode(page, secret, taken) {
  await fillSignIn(page, CITY, WHO);
  await focusOn(page, '动态口令');
  check('factor: it is asked for at the next sign-in, and its field has the focus', true);
  await axe(page, 'sign-in with a second factor');
  await shot(page, shotsTo, 'admin-sign-in-code');
  await page.keyboard.type(wrong(secret));
  await page.keyboard.press('Enter');
  await page.waitForSelector('.error-summary');
  check('factor: a wrong code does not lead in', page.url().includes('/sign-in'));
  // No code is taken twice: the next step's, as a phone with a fast clock shows it, unless that step is past by now.
  await typeInto(page, FIELD, code(secret, Math.max(taken + 1, present())));
  await page.keyboard.press('Enter');
  await page.waitForSelector('.shell-main h1');
  check('factor: the right code leads in', page.url().endsWith('/admin/taiyuan'), page.url());
}

function wrong(secret) {
  const from = present() - 4;
  const right = new Set(Array.from({ length: 12 }, (_, i) => code(secret, from + i)));
  return ['000000', '111111', '222222', '333333'].find((typed) => !right.has(typed));
}
