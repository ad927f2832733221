/** A foreman (工头) comes to the counter with ten: all of them are hired for one shift together, or none, by keyboard alone. */
import { focusOn, pressOn, typeInto } from './keys.mjs';
import { axe, BASE, check, ready, shot, shotsTo } from './kit.mjs';
import { citizenNumber } from './numbers.mjs';

const TEN = '一二三四五六七八九十';
const MINUTE = 60_000;
const NUMBERS = '手机号或身份证号，每行一个';

export async function gang(page, slug, work, staff) {
  const numbers = await registered(staff, work.marketId);
  await page.goto(`${BASE}/admin/${slug}/engagements`);
  await ready(page);
  const card = page.locator('section.card', { hasText: work.place });
  const began = Date.now();
  await card.getByRole('button', { name: '成组录用' }).press('Enter');
  await focusOn(page, NUMBERS);
  await page.keyboard.insertText([...numbers.slice(1), citizenNumber('19660101')].join('\n'));
  await pressOn(page, '一起录用');
  await page.locator('.ant-form-item-explain-error', { hasText: '1 个号码没有求职登记' }).waitFor();
  check('counter: with one who is not registered nobody of a gang is hired, and that one is named', true);
  await axe(page, 'counter: a gang of which one is not registered');
  await typeInto(page, NUMBERS, numbers.join('\n'));
  await pressOn(page, '一起录用');
  await card.locator('.chip', { hasText: '已确认 10' }).waitFor();
  const took = Date.now() - began;
  check('counter: ten are hired together by keyboard in under a minute', took < MINUTE, `${took} ms`);
  console.log(`     counter: ten of a gang hired in ${(took / 1000).toFixed(1)} s`);
  check(
    'counter: each of them stands in the group',
    (await card.locator('td .chip', { hasText: '成组' }).count()) === 10,
  );
  await axe(page, 'counter: a gang was hired');
  await shot(page, shotsTo, 'counter-gang');
}

/** Ten who registered before, each by word before two of the staff: their numbers. */
async function registered(staff, marketId) {
  const { privacyNotice, witnesses } = await staff(
    'query($marketId: ID!) { privacyNotice { version } witnesses(marketId: $marketId) { id } }',
    { marketId },
  );
  const consent = { how: 'SPOKEN', noticeVersion: privacyNotice.version, witness: witnesses[0].id };
  const numbers = [];
  for (const [index, name] of [...TEN].entries()) {
    const idNumber = citizenNumber(`${1970 + index}0410`);
    const { registerWorker } = await staff(
      'mutation($input: WorkerInput!, $marketId: ID) { registerWorker(input: $input, marketId: $marketId) { ... on Worker { id } ... on RegisterWorkerRefused { code message } } }',
      { marketId, input: { name: `吴${name}山`, idNumber, phone: '无', trades: ['小工'], county: '140105', consent } },
    );
    if (!registerWorker.id) throw new Error(`not registered: ${registerWorker.code} ${registerWorker.message}`);
    numbers.push(idNumber);
  }
  return numbers;
}
