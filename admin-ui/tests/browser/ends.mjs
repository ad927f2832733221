/**
 * What else becomes of a posting, on a phone: written within a minute, a place cancelled late with what the rules make of it,
 * and taken back by the household.
 */
import { BASE, check } from './kit.mjs';
import { ask, CITY, looked, press } from './phone.mjs';

const MINUTE = 60_000;
/** Of that so much at the most is the machine's: the page itself may not be what takes the minute. */
const MACHINE_MS = 15_000;
/** What a slow thumb takes to find and press something, and to write one character. */
const PRESS_MS = 2_000;
const CHARACTER_MS = 1_000;
const FIGURES =
  'noticeHours graceMinutes noShowPoints lateCancelPoints pointsDays pointsLimit allowancePercent fastLaneDays noShowMinutes standbyMinutes unpaidHours completeHours';

export async function ends(hirer, seeker, bureau) {
  const posting = await posted(hirer);
  const work = `${BASE}/${CITY}/work/${posting.split('/').at(-1)}`;
  await hired(hirer, seeker, work);
  const was = await setRules(bureau, { noticeHours: 48, graceMinutes: 0 });
  try {
    await cancelled(seeker, was.lateCancelPoints);
  } finally {
    await setRules(bureau, was);
  }
  await hirer.goto(posting);
  await withdrawn(hirer, seeker, work);
}

/** A posting in sixty seconds (一分钟发布): counts what the page asks of a person, for a machine types as fast as it likes. */
async function posted(page) {
  const did = { presses: 0, characters: 0 };
  const tap = async (target) => {
    did.presses += 1;
    await target.click();
  };
  const write = async (field, text) => {
    await tap(page.locator(field));
    did.characters += text.length;
    await page.keyboard.insertText(text);
  };
  await page.goto(`${BASE}/${CITY}/hire`);
  const post = page.getByRole('link', { name: '发布招工' });
  await post.waitFor();
  const began = Date.now();
  await tap(post);
  await page.waitForSelector('#f-duties');
  const must = page.locator('.form [aria-required=true]:visible');
  const asked = await must.evaluateAll((all) => all.map(({ value }) => value));
  const empty = asked.filter((value) => value === '').length;
  await tap(page.locator('.chip', { hasText: '保洁员' }));
  await write('#f-place', `长治路 ${100 + Math.floor(Math.random() * 800)} 号`);
  await write('#f-wageFen', '200');
  await write('#f-duties', '擦玻璃，管一顿午饭。');
  await tap(page.locator('.form > .button'));
  await page.getByText('正在招').waitFor();
  const took = Date.now() - began;
  const person = did.presses * PRESS_MS + did.characters * CHARACTER_MS + took;
  console.log(
    `     work: ${did.presses} presses, ${did.characters} characters, ${(took / 1000).toFixed(1)} s of the machine`,
  );
  check('work: a posting asks for nine things', asked.length === 9, String(asked.length));
  check('work: of which four are not filled in already', empty === 4, asked.join('|'));
  check('work: and for six presses', did.presses === 6, String(did.presses));
  check('work: the page itself takes a quarter of a minute at the most', took < MACHINE_MS, `${took} ms`);
  check('work: a slow thumb has posted within a minute', person < MINUTE, `${person} ms`);
  return page.url();
}

async function hired(hirer, seeker, work) {
  await seeker.goto(work);
  await press(seeker, '我要报名');
  await seeker.locator('.tag', { hasText: '已报名' }).waitFor();
  await hirer.reload();
  await hirer.getByRole('link', { name: /^看看、商量/ }).click();
  await press(hirer, '确认录用');
  await hirer.locator('.tag', { hasText: '已确认' }).waitFor();
}

/** The city's rules of the hire with other figures, as its bureau sets them; says what they were. */
async function setRules(bureau, changed) {
  const { hireRules } = await ask(`{ hireRules { version ${FIGURES} } }`, {}, bureau);
  const { version, ...was } = hireRules;
  const input = { ...was, ...changed };
  const { setHireRules } = await ask(
    'mutation($version: Int!, $input: HireRulesInput!) { setHireRules(version: $version, input: $input) { __typename } }',
    { version, input },
    bureau,
  );
  if (setHireRules.__typename !== 'HireRules') throw new Error(`the rules were not set: ${setHireRules.__typename}`);
  return was;
}

/** What follows is said before it is done, and stands among the worker's own points afterwards. */
async function cancelled(page, points) {
  await page.reload();
  await press(page, '去不了，取消');
  const said = page.locator('.notice[role=group]');
  await said.waitFor();
  const follows = await said.textContent();
  check('work: whoever cancels late reads first what follows', follows.includes(`记 ${points} 分`), follows);
  await looked(page, 'about to cancel late');
  await press(page, '确定取消');
  await page.locator('#f-reason-wrong:visible').waitFor();
  check('work: a place is not cancelled without a reason', true);
  await page.selectOption('#f-reason', 'PERSONAL');
  await press(page, '确定取消');
  await page.locator('.tag', { hasText: '零工取消了' }).waitFor();
  check('work: a late cancellation says so', await page.locator('.tag', { hasText: '临时取消' }).isVisible());
  await looked(page, 'a late cancellation');
  await page.goto(`${BASE}/${CITY}/me/points`);
  await page.getByRole('heading', { name: `临时取消，${points} 分` }).waitFor();
  check('work: the points of it can be appealed', await page.getByText('不服，申诉').isVisible());
}

/** The household takes its posting back: nobody finds it any more, nor opens it by its address. */
async function withdrawn(hirer, seeker, work) {
  await hirer.locator('.tag', { hasText: '正在招' }).waitFor();
  await press(hirer, '撤回');
  await hirer.fill('#f-reason', '家里有事，改天再请人');
  await looked(hirer, 'about to withdraw a posting');
  await press(hirer, '确定撤回');
  await hirer.locator('.tag', { hasText: '已撤回' }).waitFor();
  await looked(hirer, 'a posting that was withdrawn');
  await seeker.goto(work);
  await seeker.getByRole('heading', { name: '没有找到这一页' }).waitFor();
  check('work: what was withdrawn is not found by its address either', true);
}
