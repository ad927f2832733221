/**
 * A walk-in at the counter of a market, by keyboard alone: the card reader's text, the consent by a code that comes to the
 * person's telephone, a shift by typing, the hire, the slip. From the card to the confirmed hire it takes less than a minute.
 */
import { absent } from './absent.mjs';
import { gang } from './gang.mjs';
import { focused, focusOn, pressOn, tabTo, typeInto } from './keys.mjs';
import { axe, BASE, browser, check, PASSWORD, ready, SIZES, shot, shotsTo, watch } from './kit.mjs';
import { citizenNumber, mobile } from './numbers.mjs';
import { slip } from './slip.mjs';
import { signInByKeys } from './story.mjs';

const SLUG = 'taiyuan';
const STAFF = 'staff';
const MINUTE = 60_000;

export async function counter() {
  const work = await openWork();
  const { context, close } = await browser();
  const page = await context.newPage();
  await page.setViewportSize(SIZES.desk);
  const seen = watch(page);
  await signInByKeys(page, '太原', STAFF);
  await page.goto(`${BASE}/admin/${SLUG}/counter`);
  await ready(page);
  await focusOn(page, '手机号、身份证号');
  check('counter: whoever comes to the screen begins in its field', true);
  await axe(page, 'counter: nobody here yet');

  const person = await hire(page, work);
  await refusedAtItsField(page, person);
  await witnessed(page);
  await arrives(page, person);
  await slip(page, SLUG, person);
  await today(page, work);
  await paid(page, work);
  await gang(page, SLUG, work, await asAccount(STAFF));
  await absent(page);
  check('counter: no error on the console', seen.length === 0, seen.slice(0, 4).join('\n     '));
  await close();
}

/** From the card on the reader to the place that is the worker's. */
async function hire(page, work) {
  const person = { idNumber: citizenNumber('19850612'), phone: mobile() };
  const began = Date.now();
  for (const line of [
    '姓名：李建国',
    '性别：男',
    '住址：山西省太原市小店区坞城路1号',
    `公民身份号码：${person.idNumber}`,
  ]) {
    await page.keyboard.insertText(line);
    await page.keyboard.press('Enter');
  }
  await focusOn(page, '手机号');
  await page.waitForFunction(() => document.activeElement.id === 'counter-worker_phone');
  await page.keyboard.type(person.phone);
  await focusOn(page, '工种');
  check('counter: the card fills the form, and a whole number hands the focus on', true);
  await page.keyboard.type('小工');
  await page.locator('.ant-select-item-option-active', { hasText: '小工' }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.ant-select-selection-item', { hasText: /小工|搬运/ }).waitFor();
  await page.keyboard.press('Enter');
  await focusOn(page, '求职区县');
  await page.keyboard.press('Enter');
  await focusOn(page, '发送验证码');
  await page.keyboard.press('Enter');
  await focusOn(page, '验证码');
  await page.keyboard.type(await codeSentTo(person.phone));
  await focusOn(page, '登记');
  await page.keyboard.press('Enter');
  await focusOn(page, '找班次');
  await page.keyboard.type(work.place);
  await page.locator('.shift[aria-selected=true]', { hasText: work.place }).waitFor();
  await page.keyboard.press('Enter');
  await focusOn(page, '确认录用');
  await page.keyboard.press('F8');
  await focusOn(page, '打印用工单');
  const took = Date.now() - began;
  check('counter: a walk-in is registered and hired by keyboard alone in under a minute', took < MINUTE, `${took} ms`);
  console.log(`     counter: from the card to the hire ${(took / 1000).toFixed(1)} s`);
  await axe(page, 'counter: somebody was hired');
  await shot(page, shotsTo, 'counter-hired');
  const slip = page.waitForEvent('download');
  await page.keyboard.press('F9');
  check('counter: the work slip is printed with one key', (await slip).suggestedFilename().endsWith('.pdf'));
  return person;
}

/** The next person has a card that does not check: the refusal stands at its field, and nothing typed is lost. */
async function refusedAtItsField(page, person) {
  await page.keyboard.press('F4');
  await page.waitForFunction(() => document.activeElement.id === 'counter-worker_name');
  await page.keyboard.type('王小明');
  await page.keyboard.press('Enter');
  const wrong = `${person.idNumber.slice(0, 17)}${person.idNumber.endsWith('1') ? '2' : '1'}`;
  await page.keyboard.type(wrong);
  await focusOn(page, '手机号');
  await page.keyboard.type('无');
  await page.keyboard.press('Enter');
  await page.keyboard.type('小工');
  await page.locator('.ant-select-item-option-active', { hasText: '小工' }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.ant-select-selection-item').first().waitFor();
  await tabTo(page, '签字件扫描或照片');
  check('counter: whoever has no telephone is asked for the signed paper', true);
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  await (await chooser).setFiles({ name: 'paper.png', mimeType: 'image/png', buffer: picture() });
  await pressOn(page, '登记');
  await page.waitForSelector('.error-summary');
  const field = page.locator('.ant-form-item', { has: page.locator('#counter-worker_idNumber') });
  check(
    'counter: a number that does not check is refused at its field, in the words of the server',
    (await field.locator('.ant-form-item-explain-error').count()) === 1,
  );
  check(
    'counter: what was typed is still there',
    (await page.locator('#counter-worker_name').inputValue()) === '王小明',
  );
  await axe(page, 'counter: a refused registration');
  await shot(page, shotsTo, 'counter-refused');
}

/** Whoever has neither telephone nor pen consents before two of the staff: the screen knows who else may witness it here. */
async function witnessed(page) {
  await page.getByRole('button', { name: /^取\s*消$/ }).click();
  await page.locator('#counter-worker_name').waitFor({ state: 'detached' });
  await page.keyboard.press('F4');
  await page.waitForFunction(() => document.activeElement.id === 'counter-worker_name');
  await page.keyboard.type('赵大山');
  await page.keyboard.press('Enter');
  await page.keyboard.type(citizenNumber('19790203'));
  await focusOn(page, '手机号');
  await page.keyboard.type('无');
  await page.keyboard.press('Enter');
  await page.keyboard.type('小工');
  await page.locator('.ant-select-item-option-active', { hasText: '小工' }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.ant-select-selection-item').first().waitFor();
  await page.getByRole('radio', { name: '口头同意，另一名工作人员见证' }).check();
  await page.locator('#counter-worker_witness').click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().waitFor();
  await axe(page, 'counter: choosing a witness');
  await shot(page, shotsTo, 'counter-witness');
  await page.keyboard.press('Enter');
  await pressOn(page, '登记');
  await focusOn(page, '找班次');
  check('counter: a consent that was spoken before a colleague registers whoever has no telephone', true);
}

/** The worker comes back: found by the number, still looking with one key, at work with one press. */
async function arrives(page, { phone }) {
  await page.keyboard.press('F2');
  await focusOn(page, '手机号、身份证号');
  await page.keyboard.type(phone);
  await page.keyboard.press('Enter');
  await page.locator('#counter-today').waitFor();
  await focusOn(page, '找班次');
  await page.keyboard.press('F7');
  await page.locator('.ant-message-success', { hasText: '仍在求职' }).waitFor();
  await pressOn(page, /^登记到岗/, 'Enter', { back: true });
  await page.locator('.ant-message-success', { hasText: '已登记到岗' }).waitFor();
  check('counter: still looking and the arrival take one press each', true);
  await page.locator('.lines .chip', { hasText: '已到岗' }).first().waitFor();
  await axe(page, 'counter: a worker who has work today');
  await page.setViewportSize(SIZES.phone);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  check('counter: nothing scrolls sideways on a phone', wide <= 0, `${wide} px`);
  await page.setViewportSize(SIZES.desk);
}

/** What was done at the counter stands among the engagements of today. */
async function today(page, work) {
  await page.goto(`${BASE}/admin/${SLUG}/engagements`);
  await ready(page);
  const card = page.locator('section.card', { hasText: work.place });
  await card.locator('.chip', { hasText: '已到岗 1' }).waitFor();
  check('counter: the arrival is counted among the engagements of today', true);
  await axe(page, 'counter: engagements of today');
  await shot(page, shotsTo, 'counter-today');
  await pressOn(page, '李*');
  await page.waitForSelector('#talk-title');
  await ready(page);
  await typeInto(page, '给双方的消息', '八点在北门集合');
  await pressOn(page, '发送');
  await page.locator('.talk', { hasText: '八点在北门集合' }).waitFor();
  check('counter: a message is passed on to both sides', true);
  await axe(page, 'counter: one engagement');
  check('counter: the focus is on what was pressed', (await focused(page)) === '发送');
  for (const path of ['workers', 'workers?tab=statistics']) {
    await page.goto(`${BASE}/admin/${SLUG}/${path}`);
    await ready(page);
    await axe(page, `counter: ${path}`);
  }
}

/** What was paid, with its proof, which stays when the sheet is saved again. */
async function paid(page, work) {
  await page.goto(`${BASE}/admin/${SLUG}/engagements`);
  await ready(page);
  await page.locator('section.card', { hasText: work.place }).getByRole('button', { name: '工资表' }).click();
  await page.getByRole('button', { name: '登记工资表' }).click();
  const proof = page.locator('#wage-sheet_lines_0_proof');
  await proof.setInputFiles({ name: '转账.png', mimeType: 'image/png', buffer: picture() });
  await axe(page, 'counter: a wage sheet');
  await shot(page, shotsTo, 'counter-wage-sheet');
  const saved = async () => {
    await page.locator('.ant-modal-footer .ant-btn-primary').click();
    await proof.waitFor({ state: 'detached' });
    await page.locator('.chip', { hasText: '有凭证' }).waitFor();
  };
  await saved();
  check('counter: a wage sheet is kept with its proof', true);
  await page.locator('.ant-modal').getByRole('button', { name: '修改' }).click();
  await page.getByText('已有凭证，会保留').waitFor();
  await page.locator('#wage-sheet_lines_0_paidFen').fill('290');
  await saved();
  await page.locator('.ant-modal td', { hasText: '290' }).waitFor();
  const kept = await page.locator('.ant-modal .chip', { hasText: '有凭证' }).count();
  check('counter: the proof stays when the sheet is saved again', kept === 1);
  await shot(page, shotsTo, 'counter-wage-sheets');
}

/** Somebody who hires today at the market of the counter, and a posting of theirs; made as the staff would. */
async function openWork() {
  const staff = await asAccount(STAFF);
  const { markets } = await staff('{ markets(first: 1) { edges { node { id } } } }');
  const marketId = markets.edges[0].node.id;
  const idNumber = citizenNumber('19790203');
  const { registerParty } = await staff(
    'mutation($input: RegisterPartyInput!) { registerParty(input: $input) { ... on HiringParty { id missingSteps } ... on RegisterPartyRefused { code message } } }',
    { input: { kind: 'HOUSEHOLD', name: '王秀英', idNumber, county: '140105', marketId, contactPhone: mobile() } },
  );
  if (!registerParty.id) throw new Error(`no hiring party: ${registerParty.code} ${registerParty.message}`);
  for (const step of registerParty.missingSteps)
    await staff(
      'mutation($id: ID!, $input: VerificationStepInput!) { recordVerificationStep(partyId: $id, input: $input) { __typename } }',
      { id: registerParty.id, input: { step, result: 'PASSED' } },
    );
  const officer = await asAccount(process.env.YIZHAN_OFFICER ?? 'bureau');
  const { hiringParty } = await officer('query($id: ID!) { hiringParty(id: $id) { version } }', {
    id: registerParty.id,
  });
  await officer('mutation($id: ID!, $version: Int!) { verifyParty(id: $id, version: $version) { __typename } }', {
    id: registerParty.id,
    version: hiringParty.version,
  });
  return post(staff, officer, marketId, registerParty.id);
}

const DAY = 1440 * MINUTE;
const SHANGHAI = 8 * 60 * MINUTE;

/**
 * A moment of today that is still to come, by the clock of the server and the day of Shanghai. Just before midnight there is
 * none that lasts as long as the walk: it begins with the new day.
 */
async function laterToday() {
  const clock = async () => Date.parse((await fetch(`${BASE}/livez`)).headers.get('date'));
  const left = (now) => DAY - ((now + SHANGHAI) % DAY);
  let now = await clock();
  if (left(now) < 4 * MINUTE) {
    await new Promise((next) => setTimeout(next, left(now) + 1000));
    now = await clock();
  }
  return now + Math.min(5 * MINUTE, left(now) - MINUTE);
}

async function post(staff, officer, marketId, partyId) {
  const place = `平阳路${1000 + Math.floor(Math.random() * 9000)}号`;
  const begins = await laterToday();
  const [startsAt, endsAt] = [begins, begins + 6 * 60 * MINUTE].map((at) => new Date(at).toISOString());
  const { savePosting } = await staff(
    'mutation($input: PostingInput!) { savePosting(input: $input) { ... on Posting { id version } ... on SavePostingRefused { code message } } }',
    {
      input: {
        ...{ partyId, marketId, place, county: '140105', trade: '小工', duties: '搬运沙石料，清理现场' },
        ...{ wageFen: 30000, wageUnit: 'DAY', payDay: 'DAILY', cover: 'COMMERCIAL', instant: true },
        shifts: [{ startsAt, endsAt, headcount: 13, breakMinutes: 0 }],
      },
    },
  );
  if (!savePosting.id) throw new Error(`no posting: ${savePosting.code} ${savePosting.message}`);
  const { submitPosting } = await staff(
    'mutation($id: ID!, $version: Int!) { submitPosting(id: $id, version: $version) { ... on Posting { id version status } } }',
    savePosting,
  );
  if (submitPosting.status === 'IN_REVIEW')
    await officer(
      'mutation($id: ID!, $version: Int!) { reviewPosting(id: $id, version: $version, decision: PUBLISH) { __typename } }',
      { id: submitPosting.id, version: submitPosting.version },
    );
  return { place, marketId };
}

/** What the person would read out: the newest text message, as the page of letters shows it. */
async function codeSentTo(phone) {
  const admin = await asAccount('sysadmin');
  const tail = phone.slice(-4);
  for (let i = 0; i < 40; i += 1) {
    const { smsMessages } = await admin('{ smsMessages(first: 20) { edges { node { text numberMasked } } } }');
    const sent = smsMessages.edges.find(({ node }) => node.numberMasked.endsWith(tail));
    const code = sent?.node.text.match(/\d{6}/)?.[0];
    if (code) return code;
    await new Promise((next) => setTimeout(next, 250));
  }
  throw new Error(`no code came to ${phone}`);
}

const HEADERS = { 'content-type': 'application/json', 'x-yizhan-csrf': '1', 'accept-language': 'zh-CN' };
const tokens = new Map();

/** Asks the server as an account; each signs in once. */
async function asAccount(username) {
  const send = async (body, more = {}) => {
    const answer = await fetch(`${BASE}/${SLUG}/graphql`, {
      method: 'POST',
      headers: { ...HEADERS, ...more },
      body: JSON.stringify(body),
    });
    const { data, errors } = await answer.json();
    if (errors) throw new Error(errors[0].message);
    return data;
  };
  if (!tokens.has(username)) {
    const query = 'mutation($input: SignInInput!) { signIn(input: $input) { ... on SignedIn { token } } }';
    const { signIn } = await send({ query, variables: { input: { username, password: PASSWORD } } });
    tokens.set(username, signIn.token);
  }
  return (query, variables = {}) => send({ query, variables }, { authorization: `Bearer ${tokens.get(username)}` });
}

/** The smallest picture there is. */
const picture = () =>
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
