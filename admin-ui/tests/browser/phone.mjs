/** Pages on a telephone: whoever is signed in there, and what holds for every page of work and hire. */
import { axe, BASE, check, PASSWORD, ready, SIZES, shot, shotsTo, watch } from './kit.mjs';
import { some } from './numbers.mjs';
import { elderSizes } from './public.mjs';

export const CITY = 'taiyuan';

export async function ask(query, variables, token) {
  const response = await fetch(`${BASE}/${CITY}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(JSON.stringify(errors[0]));
  return data;
}

export async function officer(username) {
  const input = { username, password: PASSWORD };
  const { signIn } = await ask(
    'mutation($input: SignInInput!) { signIn(input: $input) { ... on SignedIn { token } } }',
    { input },
  );
  return signIn.token;
}

/** The newest code that came to a number for what its text says it is for: other messages may have come to it since. */
export async function codeTo(phone, about, admin) {
  const { smsMessages } = await ask('{ smsMessages(first: 20) { edges { node { text numberMasked } } } }', {}, admin);
  const sent = smsMessages.edges.find(
    ({ node }) => node.numberMasked.endsWith(phone.slice(-4)) && node.text.includes(about),
  );
  if (!sent) throw new Error(`no code came to ${phone}`);
  return /(\d{6})/.exec(sent.node.text)[1];
}

/** Stands where it is told, as whoever let the page know does. */
export async function standAt(page, latitude, longitude) {
  await page.context().grantPermissions(['geolocation'], { origin: BASE });
  await page.context().setGeolocation({ latitude, longitude });
}

export async function phonePage(context) {
  const page = await context.newPage();
  await page.setViewportSize(SIZES.phone);
  return { page, seen: watch(page) };
}

/** A page as a person has it on a phone: nothing to find for axe, nothing too small, nothing to scroll sideways. */
export async function looked(page, name) {
  await ready(page);
  await axe(page, `work: ${name}`);
  await elderSizes(page, name);
  await shot(page, shotsTo, `work-${name.replaceAll(' ', '-')}`);
  check(
    `work: ${name} does not scroll sideways`,
    await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1),
  );
}

export async function press(page, name, exact = true) {
  await page.getByRole('button', { name, exact }).first().click();
}

/** Signs in by a code; answers with which number. */
export async function signIn(page, admin, phone = `138${some(8)}`) {
  await page.fill('#f-phone', phone);
  await press(page, '发验证码');
  await page.waitForSelector('#f-code');
  await page.fill('#f-code', await codeTo(phone, '登录验证码', admin));
  await press(page, '登录');
  return phone;
}
