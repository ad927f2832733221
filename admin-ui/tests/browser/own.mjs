/**
 * What somebody finds and holds, on a phone: work by distance and in the whole province, a record that anybody checks, and the
 * number that one signs in with.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { BASE, check, ready } from './kit.mjs';
import { mobile } from './numbers.mjs';
import { CITY, codeTo, looked, press } from './phone.mjs';

const MINUTE = 60_000;
const NUMBER = '更换手机号';

/** So many days from today, as Shanghai counts them. */
const away = (days) => new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

/** By distance, from where the telephone is. */
export async function searched(page, place) {
  await page.goto(`${BASE}/${CITY}/work`);
  await page.locator('.card').first().waitFor();
  await page.click('#near');
  await press(page, '同意，按远近排');
  await page.locator('.card', { hasText: place }).filter({ hasText: '约 50 米' }).first().waitFor();
  check('work: a posting that was marked where the work is says to whoever stands there how near it is', true);
  check('work: where somebody is never stands in the address', !page.url().includes('37.79'), page.url());
  await looked(page, 'work by distance');
}

/** The whole province by every condition that there is, each in the address. */
export async function province(page) {
  await page.goto(`${BASE}/platform/work`);
  await page.locator('summary', { hasText: '按条件找' }).click();
  await page.selectOption('#f-city', '140100');
  await page.locator('.card .tag', { hasText: '太原' }).first().waitFor();
  await page.locator('#f-county option[value="140105"]').waitFor({ state: 'attached' });
  const unasked = await page.inputValue('#f-county');
  check('work: a city that is chosen has its counties, and none of them is chosen with it', unasked === '', unasked);
  await page.selectOption('#f-county', '140105');
  await page.fill('#f-from', away(0));
  await page.fill('#f-to', away(7));
  await page.fill('#f-words', '保洁');
  const [asked] = await Promise.all([
    page.waitForRequest((request) => request.postData()?.includes('"search":"保洁"')),
    page.press('#f-words', 'Enter'),
  ]);
  const { city, county, from, to } = JSON.parse(asked.postData()).variables.filter;
  const day = (days) => `${away(days)}T00:00:00+08:00`;
  check(
    'work: the province is asked for county, words and whole days',
    city === '140100' && county === '140105' && from === day(0) && to === day(8),
    JSON.stringify({ city, county, from, to }),
  );
  await page.reload();
  await page.locator('.count', { hasText: /\d/ }).waitFor();
  const kept = await Promise.all(
    ['#f-city', '#f-county', '#f-words', '#f-from', '#f-to'].map((id) => page.inputValue(id)),
  );
  check(
    'work: what is sought in the province is in the address, and unfolded when it is opened again',
    kept.join() === ['140100', '140105', '保洁', away(0), away(7)].join() && (await page.isVisible('#f-words')),
    `${kept.join()} ${page.url()}`,
  );
  await looked(page, 'the province by conditions');
}

/** Whoever is shown a record checks it without signing in: as a file of which not a word was changed, and as it stands on paper. */
export async function record(page) {
  await page.goto(`${BASE}/${CITY}/me/record`);
  const saved = page.waitForEvent('download');
  await press(page, '下载（JSON，给程序读）');
  const text = readFileSync(await (await saved).path(), 'utf8');
  await page.getByRole('link', { name: '别人怎么查真伪' }).click();
  await page.waitForSelector('#record-file');
  await ready(page);
  const { sealed, number } = await byFile(page, text);
  await looked(page, 'a record that is genuine');
  const inner = JSON.parse(sealed.record);
  await choose(page, JSON.stringify({ ...sealed, record: JSON.stringify({ ...inner, name: '王小明' }) }));
  await page.locator('.notice.bad', { hasText: '不对' }).waitFor();
  check('work: a record of which a word was changed is not genuine', true);
  const digest = createHash('sha256').update(sealed.record).digest('hex');
  await byPaper(page, number, digest, sealed.signature);
}

const choose = (page, text) =>
  page.setInputFiles('#record-file', { name: '履历.json', mimeType: 'application/json', buffer: Buffer.from(text) });

async function byFile(page, text) {
  const sealed = JSON.parse(text);
  const { number, name } = JSON.parse(sealed.record);
  const [asked] = await Promise.all([
    page.waitForRequest((request) => request.postData()?.includes('verifyRecord')),
    choose(page, text),
  ]);
  await page.locator('[role=status] .big').waitFor();
  const shown = await page.locator('[role=status] .notice').textContent();
  check('work: a record is genuine, and says whose it is', shown.includes(name) && shown.includes(number), shown);
  const sent = Object.keys(JSON.parse(asked.postData()).variables).sort().join();
  check(
    'work: the text of a record stays on the telephone',
    sent === 'digest,number,signature' && !asked.postData().includes(name),
    sent,
  );
  return { sealed, number };
}

async function byPaper(page, number, digest, signature) {
  await page.fill('#f-number', number);
  // A paper breaks a long line where it is full.
  await page.fill('#f-digest', `${digest.slice(0, 32)}\n${digest.slice(32)}`);
  await page.fill('#f-signature', signature);
  await press(page, '查一查');
  await page.getByText('编号、摘要、签名都对').waitFor();
  check('work: what stands on the paper is compared', true);
  await page.fill('#f-digest', `${digest.startsWith('0') ? '1' : '0'}${digest.slice(1)}`);
  await press(page, '查一查');
  await page.locator('.notice.bad', { hasText: '不对' }).waitFor();
  check('work: a paper with another fingerprint is not genuine', true);
}

/**
 * Another number, with a code to each. One code a minute goes to a number, and one went to this when it signed in: what is left
 * of that minute is waited out.
 */
export async function number(page, phone, signedIn, admin) {
  const other = mobile();
  await page.goto(`${BASE}/${CITY}/me/data`);
  await page.locator('summary', { hasText: '换手机号' }).click();
  await page.fill('#f-present', phone);
  await page.waitForFunction((at) => Date.now() >= at, signedIn + MINUTE, { polling: 200, timeout: 2 * MINUTE });
  await press(page, '发验证码');
  await page.waitForSelector('#f-presentCode');
  await page.fill('#f-presentCode', await codeTo(phone, NUMBER, admin));
  await page.fill('#f-newPhone', '0351-4226666');
  await press(page, '发验证码');
  await page.locator('#f-newPhone-wrong:visible').waitFor();
  check('work: a new number to which no code can go is refused at its field', true);
  await page.fill('#f-newPhone', other);
  await press(page, '发验证码');
  await page.waitForSelector('#f-newCode');
  const code = await codeTo(other, NUMBER, admin);
  await page.fill('#f-newCode', code === '000000' ? '111111' : '000000');
  await press(page, '换成新号码');
  await page.locator('#f-newCode-wrong:visible').waitFor();
  await looked(page, 'changing a number');
  await page.fill('#f-newCode', code);
  await press(page, '换成新号码');
  await page.getByText('手机号换好了').waitFor();
  const facts = await page.locator('.facts').first().textContent();
  check(
    'work: the number is changed, and whoever changed it is still signed in',
    facts.includes(`139****${other.slice(-4)}`),
    facts,
  );
}
