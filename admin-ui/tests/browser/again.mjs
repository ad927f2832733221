/**
 * What whoever hires does a second time, on a phone: keeps a worker and a posting, posts from what was kept, has the same ten
 * come tomorrow; and what several do for one unit, and one for several.
 */
import { BASE, check } from './kit.mjs';
import { unitCode } from './numbers.mjs';
import { CITY, looked, press } from './phone.mjs';

/** So many days from today, as Shanghai counts them. */
const away = (days) => new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

const open = (page, title) => page.locator('summary', { hasText: title }).click();

export async function again(page, posting) {
  await favourite(page, posting);
  await template(page);
  await repeat(page);
  await kept(page);
}

async function favourite(page, posting) {
  await page.goto(posting);
  await page.getByRole('link', { name: /^看看、商量/ }).click();
  await press(page, '设为常用工');
  await page.getByRole('button', { name: '不再是常用工' }).waitFor();
  check('work: who was taken is kept as a favourite', await page.getByText('已经是您的常用工').isVisible());
  await looked(page, 'somebody who was taken');
  await page.goto(posting);
  await page.locator('.people .tag', { hasText: '常用工' }).waitFor();
  check('work: a favourite is known among those who apply', true);
}

async function template(page) {
  await open(page, '存成模板');
  await page.fill('#f-name', '每天打扫');
  await press(page, '存成模板');
  await page.getByText('已存成模板').waitFor();
}

/** The same again tomorrow, with those who came today. */
async function repeat(page) {
  const [on, same] = [await page.inputValue('#f-days'), await page.isChecked('#f-sameWorkers')];
  check('work: the same again is proposed for tomorrow, with the same people', on === away(1) && same, on);
  await press(page, '照样再招');
  await page.getByText('照样发出去了').waitFor();
  check('work: whoever came is told by name that there is work again', await page.getByText(/告诉：李/).isVisible());
  await looked(page, 'a posting that was repeated');
  await page.getByRole('link', { name: '看新发的这条' }).click();
  await page.locator('.tag', { hasText: '正在招' }).waitFor();
  const told = page.getByText(/已短信通知 1 人/);
  for (let tries = 0; tries < 20 && !(await told.isVisible()); tries += 1) {
    await page.waitForTimeout(500);
    await page.reload();
    await page.locator('.tag', { hasText: '正在招' }).waitFor();
  }
  check('work: who was told with the posting is not told again', await told.isVisible());
  await invited(page, told);
}

/** And once more, a day later, of which nobody was told: favourites are asked. */
async function invited(page, told) {
  await press(page, '照样再招');
  await page.getByText('照样发出去了').waitFor();
  await page.getByRole('link', { name: '看新发的这条' }).click();
  await page.locator('.tag', { hasText: '正在招' }).waitFor();
  await open(page, '请常用工来干这个活');
  await page.getByRole('checkbox', { name: /^李/ }).check();
  await looked(page, 'asking favourites');
  await press(page, '发短信请他们来');
  await told.waitFor();
  await page.reload();
  await told.waitFor();
  check('work: a posting asks its favourites once', (await page.getByRole('checkbox', { name: /^李/ }).count()) === 0);
}

async function kept(page) {
  await page.goto(`${BASE}/${CITY}/hire`);
  await open(page, '常用工');
  await page.getByRole('button', { name: /^移除李/ }).waitFor();
  await open(page, '招工模板');
  const use = page.getByRole('link', { name: /^照着发.*每天打扫/ });
  await use.waitFor();
  await looked(page, 'what a party keeps');
  await use.click();
  await page.waitForSelector('#f-duties');
  const filled = await Promise.all(['#f-duties', '#f-wageFen', '#f-shifts-0'].map((id) => page.inputValue(id)));
  check(
    'work: a template fills the form for tomorrow',
    filled[0].includes('擦玻璃') && filled[1] === '180' && filled[2] === away(1),
    filled.join(),
  );
  await looked(page, 'posting from a template');
}

/** A shop of the same person's, for which the worker of today may act as well. */
export async function others(hirer, agent, phone) {
  const code = unitCode('92');
  await hirer.goto(`${BASE}/${CITY}/hire/register`);
  await hirer.selectOption('#f-kind', 'INDIVIDUAL_BUSINESS');
  await hirer.fill('#f-name', '小店区秀兰保洁部');
  await hirer.fill('#f-uscc', code);
  await hirer.selectOption('#f-county', { index: 1 });
  await press(hirer, '登记');
  await hirer.waitForSelector('#f-actingFor');
  check('work: whoever hires for two chooses for which', (await hirer.locator('#f-actingFor option').count()) === 2);
  await asks(agent, code);
  await answers(hirer, phone);
  await agent.goto(`${BASE}/${CITY}/hire`);
  await agent.locator('.block .tag', { hasText: '经办人' }).waitFor();
  check('work: who was authorised finds the unit on the own page', true);
  await leaves(agent);
  await hirer.selectOption('#f-actingFor', { index: 1 });
  const posted = hirer.getByRole('link', { name: /^看报名/ }).first();
  await posted.waitFor();
  await hirer.reload();
  await posted.waitFor();
  check('work: the choice lasts', (await hirer.locator('h2').allTextContents()).join().includes('王'));
}

/** Whoever registers a unit that is registered already is led to ask its owner. */
async function asks(agent, code) {
  await agent.goto(`${BASE}/${CITY}/hire/register`);
  await agent.selectOption('#f-kind', 'INDIVIDUAL_BUSINESS');
  await agent.fill('#f-name', '小店区秀兰保洁部');
  await agent.fill('#f-uscc', code);
  await agent.selectOption('#f-county', { index: 1 });
  await press(agent, '登记');
  await agent.locator('#f-unit').waitFor();
  check('work: a unit that is registered already can be asked for', (await agent.inputValue('#f-unit')) === code);
  await press(agent, '申请经办');
  await agent.getByText('申请交上去了').waitFor();
  await looked(agent, 'asking to act for a unit');
  await agent.goto(`${BASE}/${CITY}/hire`);
  await agent.getByText('等待负责人或市场答复').waitFor();
  check('work: whoever asked sees that an answer is due', true);
  await looked(agent, 'a request of one’s own');
}

/** Whoever acts for somebody else's unit stops without asking anybody. */
async function leaves(agent) {
  await agent.getByRole('button', { name: /^不再为/ }).click();
  await looked(agent, 'leaving a unit');
  await press(agent, '确认不再经办');
  await agent.locator('.block .tag', { hasText: '经办人' }).waitFor({ state: 'detached' });
  check('work: an agent leaves by himself', true);
}

/** The owner says yes, thinks better of it, and lets the same person act by his number. */
async function answers(hirer, phone) {
  const listed = hirer.locator('.people .tag', { hasText: '经办人' });
  await open(hirer, '谁能替单位办事');
  await hirer.getByText('申请替本单位招人').waitFor();
  await looked(hirer, 'somebody asks to act for a unit');
  await press(hirer, '同意');
  await listed.waitFor();
  check('work: whoever asked and was accepted acts for the unit', true);
  await hirer.getByRole('button', { name: /^不再让/ }).click();
  await press(hirer, '确定不再让他经办');
  await listed.waitFor({ state: 'detached' });
  await open(hirer, '再加一个经办人');
  await hirer.fill('#f-phone', phone);
  await press(hirer, '让他经办');
  await listed.waitFor();
  await looked(hirer, 'who acts for a unit');
}
