/**
 * Work and hire on a phone: a household registers, posts, a worker signs in by code, registers, applies, is confirmed,
 * arrives by code, completes, the wage sheet is kept, and the worker says that it was paid, and corrects that.
 */
import { again, others } from './again.mjs';
import { ends } from './ends.mjs';
import { axe, BASE, browser, check, ready, shot, shotsTo } from './kit.mjs';
import { citizenNumber } from './numbers.mjs';
import { number, province, record, searched } from './own.mjs';
import { ask, CITY, looked, officer, phonePage, press, signIn, standAt } from './phone.mjs';

/** Where the work is, finer than anybody is told. */
const HERE = [37.79123456, 112.56234567];
const PLACE = `坞城路 ${100 + Math.floor(Math.random() * 800)} 号`;
/** A picture of one point: enough to be a picture. */
const RECEIPT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
/** From the moment it is posted until the work begins, at the least. */
const AHEAD_MS = 20_000;

export async function work() {
  const [household, worker] = [await browser(), await browser()];
  const hirer = await phonePage(household.context);
  const seeker = await phonePage(worker.context);
  const [admin, bureau] = [await officer('sysadmin'), await officer('bureau')];
  const began = Date.now();
  await register(hirer.page, admin, bureau);
  const starts = await post(hirer.page, began);
  const phone = await apply(seeker.page, admin);
  const signedIn = Date.now();
  await confirm(hirer.page, seeker.page);
  const posting = await arrive(hirer.page, seeker.page);
  const job = seeker.page.url();
  await otherPages(seeker.page, hirer.page);
  await again(hirer.page, posting);
  await ends(hirer.page, seeker.page, bureau);
  await others(hirer.page, seeker.page, phone);
  await seeker.page.goto(job);
  await complete(seeker.page, starts);
  await hirer.page.goto(posting);
  await pay(hirer.page, seeker.page);
  await standAt(seeker.page, ...HERE);
  await searched(seeker.page, PLACE);
  await record(seeker.page);
  await number(seeker.page, phone, signedIn, admin);
  const seen = [...hirer.seen, ...seeker.seen];
  check('work: no error on the console', seen.length === 0, seen.slice(0, 4).join('\n     '));
  await household.close();
  await worker.close();
}

async function register(page, admin, bureau) {
  await page.goto(`${BASE}/${CITY}/hire`);
  await page.waitForSelector('#f-phone');
  await looked(page, 'signing in');
  await signIn(page, admin);
  await page.getByRole('link', { name: '登记为用工方' }).click();
  await page.waitForSelector('#f-kind');
  await press(page, '登记');
  check('work: what is missing is said at its field', (await page.locator('.wrong:visible').count()) === 3);
  await looked(page, 'registering to hire');
  await page.fill('#f-name', '王秀兰');
  await page.fill('#f-idNumber', citizenNumber('19750312'));
  await page.selectOption('#f-county', { index: 1 });
  await press(page, '登记');
  await page.getByText('等核验').waitFor();
  check('work: a household is told what to bring', (await page.textContent('main')).includes('身份证'));
  await verify(bureau);
  await page.reload();
  await page.getByText('签用工承诺书').click();
  await page.check('#f-read');
  await press(page, '签署');
  await page.getByText('签用工承诺书').waitFor({ state: 'detached' });
  check('work: the pledge is signed', true);
  await grant(bureau);
}

/** What the bureau does at its desk: it is told in the story of the hiring parties, not here. */
async function verify(bureau) {
  const party = await newest(bureau);
  await ask(
    `mutation($id: ID!) { recordVerificationStep(partyId: $id, input: { step: IDENTITY_SEEN, result: PASSED }) { __typename } }`,
    { id: party.id },
    bureau,
  );
  const { id, version } = await newest(bureau);
  await ask(
    'mutation($id: ID!, $version: Int!) { verifyParty(id: $id, version: $version) { __typename } }',
    { id, version },
    bureau,
  );
}

async function grant(bureau) {
  const { id, version } = await newest(bureau);
  await ask(
    'mutation($id: ID!, $version: Int!) { grantFastLane(id: $id, version: $version) { __typename } }',
    { id, version },
    bureau,
  );
}

async function newest(bureau) {
  const { hiringParties } = await ask(
    '{ hiringParties(first: 1, orderBy: NEWEST) { edges { node { id version } } } }',
    {},
    bureau,
  );
  return hiringParties.edges[0].node;
}

const clock = (at) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit' }).format(at);
const day = (at) => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(at);

/**
 * The shift begins with the next minute that leaves time to apply and to be taken, which takes no longer than to register
 * and to write a posting took: said last, for every second of it is waited out.
 */
async function soon(page, taken) {
  const starts = new Date(Math.ceil((Date.now() + Math.max(AHEAD_MS, taken)) / 60_000) * 60_000);
  await page.fill('#f-shifts-0', day(starts));
  await page.fill('#f-shifts-0-startsAt', clock(starts));
  await page.fill('#f-shifts-0-endsAt', clock(new Date(starts.getTime() + 3_600_000)));
  return starts;
}

async function post(page, began) {
  await page.goto(`${BASE}/${CITY}/hire`);
  await page.getByRole('link', { name: '发布招工' }).click();
  await page.waitForSelector('#f-duties');
  await looked(page, 'posting');
  await page.locator('.chip', { hasText: '保洁员' }).click();
  await page.fill('#f-place', PLACE);
  await page.fill('#f-wageFen', '180');
  await page.fill('#f-duties', '打扫三间屋，限女性，先交押金二百元。');
  await page.locator('mark').first().waitFor();
  const marks = await page.locator('mark').allTextContents();
  check('work: the linter marks what the law forbids', marks.join().includes('押金'), marks.join());
  check('work: with the article', (await page.locator('.finding').allTextContents()).join().includes('第'));
  await shot(page, shotsTo, 'work-linter');
  await page.fill('#f-duties', '打扫三间屋，擦玻璃，管一顿午饭，不收押金。');
  await page.getByText('写得没问题').waitFor();
  check('work: what is lawful is left alone', (await page.locator('mark').count()) === 0);
  await position(page);
  await seldom(page);
  const starts = await soon(page, Date.now() - began);
  await page.locator('.form > .button').click();
  await page.getByText('正在招').waitFor();
  check('work: a posting of the fast lane is published at once', true);
  return starts;
}

/** Whoever stands at the place presses once. */
async function position(page) {
  await standAt(page, ...HERE);
  await press(page, '用我现在的位置');
  await page.getByText('已标注位置').waitFor();
  await page.getByRole('button', { name: '去掉位置', exact: true }).waitFor();
}

/** What few postings say stands folded; that a household takes no interns is said where it was chosen. */
async function seldom(page) {
  await page.locator('summary', { hasText: '还可以说' }).click();
  await page.locator('#f-county option[value="140105"]').waitFor({ state: 'attached' });
  await page.selectOption('#f-county', '140105');
  await page.selectOption('#f-kind', 'INTERNSHIP');
  await page.check('#f-needsCertificate');
  await looked(page, 'what few postings say');
  const [asked] = await Promise.all([
    page.waitForRequest((request) => request.postData()?.includes('mutation SavePosting')),
    page.locator('.form > .button').click(),
  ]);
  const { county, kind, needsCertificate, point } = JSON.parse(asked.postData()).variables.input;
  check(
    'work: county, kind and certificate are sent as they were chosen',
    county === '140105' && kind === 'INTERNSHIP' && needsCertificate === true,
    JSON.stringify({ county, kind, needsCertificate }),
  );
  check(
    'work: the place is sent to ten metres, with its reference system, and stands in no address',
    point.lat === 37.7912 && point.lng === 112.5623 && point.crs === 'WGS84' && !page.url().includes('37.79'),
    JSON.stringify(point),
  );
  await page.locator('#f-kind-wrong:visible').waitFor();
  check('work: an internship of a household is refused at its field', true);
  await page.selectOption('#f-county', '');
  await page.selectOption('#f-kind', 'ODD_JOB');
  await page.uncheck('#f-needsCertificate');
}

async function apply(page, admin) {
  await page.goto(`${BASE}/${CITY}/work`);
  await page.locator('.card', { hasText: PLACE }).getByRole('link').first().click();
  await page.getByRole('button', { name: '我要报名' }).click();
  await page.waitForSelector('#f-phone');
  const phone = await signIn(page, admin);
  await press(page, '我要报名');
  await page.waitForSelector('#f-idNumber');
  await page.fill('#f-name', '李建国');
  await page.fill('#f-idNumber', citizenNumber('19880312'));
  await page.locator('.form .chip', { hasText: '保洁员' }).click();
  await page.selectOption('#f-county', { index: 1 });
  await page.check('#f-consent');
  await page.check('#f-sensitive');
  await page.locator('.form > .button').click();
  await press(page, '我要报名');
  await page.locator('.tag', { hasText: '已报名' }).waitFor();
  check('work: a worker signs in, registers and applies', page.url().includes('/me/jobs/'));
  await page.fill('#f-text', '带不带工具？');
  await press(page, '发送');
  await page.locator('.talk .mine', { hasText: '带不带工具' }).waitFor();
  return phone;
}

async function confirm(hirer, seeker) {
  await hirer.reload();
  await hirer.getByRole('link', { name: /^看看、商量/ }).click();
  await hirer.locator('.talk .theirs', { hasText: '带不带工具' }).waitFor();
  check('work: the message reaches the other side, and no number', !/1\d{10}/.test(await hirer.textContent('main')));
  await press(hirer, '确认录用');
  await hirer.locator('.tag', { hasText: '已确认' }).waitFor();
  await seeker.reload();
  await seeker.getByText('单号').waitFor();
  const slip = await seeker.textContent('main');
  check('work: both have the work slip with the whole name', slip.includes('王秀兰') && slip.includes(PLACE));
}

async function arrive(hirer, seeker) {
  await hirer.getByRole('link', { name: '返回这条招工' }).click();
  await press(hirer, '显示到岗码');
  const code = await hirer.locator('.code').textContent();
  await seeker.fill('#f-code', code === '0000' ? '1111' : '0000');
  await press(seeker, '我到了');
  await seeker.locator('.wrong:visible, .said .notice').first().waitFor();
  await seeker.fill('#f-code', await hirer.locator('.code').textContent());
  await press(seeker, '我到了');
  await seeker.locator('.tag', { hasText: '已到岗' }).waitFor();
  check('work: the worker arrives by the code on the other screen', true);
  await looked(hirer, 'a posting and its people');
  return hirer.url();
}

/** While the work has not begun: the pages that nobody was in a hurry on. */
async function otherPages(seeker, hirer) {
  await looked(seeker, 'a hire');
  const job = seeker.url();
  await seeker.goto(`${BASE}/${CITY}/work`);
  await seeker.locator('.card').first().waitFor();
  await looked(seeker, 'finding work');
  await seeker.locator('.card h2 a').first().click();
  await seeker.locator('.shift').first().waitFor();
  await looked(seeker, 'a job');
  for (const [path, name] of [
    ['me', 'my page'],
    ['me/wishes', 'my wishes'],
    ['me/record', 'my record'],
    ['me/points', 'my points'],
    ['me/data', 'my data'],
  ]) {
    await seeker.goto(`${BASE}/${CITY}/${path}`);
    await looked(seeker, name);
  }
  await seeker.goto(`${BASE}/platform/work`);
  await looked(seeker, 'the province');
  await province(seeker);
  await seeker.goto(`${BASE}/platform/work`);
  const there = await seeker.locator('.card a.button').first().getAttribute('href');
  await seeker.goto(`${BASE}${there}`);
  await seeker.locator('.wage').first().waitFor();
  check('work: the province leads to the posting itself', /\/work\/./.test(seeker.url()), seeker.url());
  await hirer.goto(`${BASE}/${CITY}/hire`);
  await hirer.locator('.card').first().waitFor();
  await looked(hirer, 'hiring');
  await seeker.goto(`${job}?lang=en`);
  await seeker.getByText('Work slip').waitFor();
  await axe(seeker, 'work: a hire in English');
  check('work: English has no Chinese words of ours', !/下一步|用工单/.test(await seeker.textContent('main')));
  await seeker.goto(job);
  await ready(seeker);
}

async function complete(page, starts) {
  console.log(`     work: ${Math.max(0, Math.round((starts - Date.now()) / 1000))} s until the shift begins`);
  await page.waitForFunction((at) => Date.now() >= at, starts.getTime(), { polling: 200, timeout: 180_000 });
  await press(page, '活干完了');
  await page.locator('.tag', { hasText: '干完了' }).waitFor();
  check('work: the worker says that it is done', true);
}

async function pay(hirer, seeker) {
  await hirer.getByRole('link', { name: '登记工资表' }).click();
  await hirer.waitForSelector('#f-lines-0-dueFen');
  check('work: the sheet knows what was agreed', (await hirer.inputValue('#f-lines-0-dueFen')) === '180');
  await looked(hirer, 'the wage sheet');
  await hirer.setInputFiles('#proof-0', { name: '收条.png', mimeType: 'image/png', buffer: RECEIPT });
  await press(hirer, '保存工资表');
  await hirer.getByText('已有凭证').waitFor();
  check('work: the wage sheet is kept, with its proof', true);
  const proof = hirer.waitForEvent('download');
  await press(hirer, '查看凭证');
  check('work: the proof can be looked at again', /\.(png|jpe?g|webp)$/.test((await proof).suggestedFilename()));
  await seeker.reload();
  await seeker.waitForSelector('#f-paidFen');
  await looked(seeker, 'confirming pay');
  await press(seeker, '收到了这些钱');
  await seeker.locator('.tag', { hasText: '已收款' }).waitFor();
  check('work: paid is what the worker says', (await seeker.textContent('main')).includes('180 元'));
  await shot(seeker, shotsTo, 'work-paid');
  await seeker.locator('summary', { hasText: '说错了' }).click();
  await seeker.fill('#f-paidFen', '170');
  await looked(seeker, 'correcting what was paid');
  await press(seeker, '收到了这些钱');
  await seeker.getByText('比应得少 10 元').waitFor();
  check('work: what was said of a payment is corrected', true);
}
