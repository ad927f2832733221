import { AS_CITIZEN, ask, askOwn, PublicFault } from '../api';
import { h, replace } from '../dom';
import { frame, waiting } from '../frame';
import { prefs } from '../prefs';
import { t } from '../text';
import { Act, type Refusal } from './act';
import {
  OwnDocument,
  type OwnQuery,
  PhoneCodeDocument,
  SignInByPhoneDocument,
  SignOutEverywhereDocument,
} from './gql/graphql';
import { actButton, checkField, form, redrawn, sureButton, textField } from './kit';
import { type Notice, noticeBox, noticeOf } from './notice';
import { w } from './text';

export type Viewer = NonNullable<OwnQuery['citizenViewer']>;
export type City = OwnQuery['city'];
export interface Own {
  city: City;
  viewer: Viewer;
  main: HTMLElement;
}

/** Who is signed in here; a session that is over is nobody's. */
export async function own(slug: string): Promise<{ city: City; viewer: Viewer | null }> {
  const answer = await askOwn(slug, OwnDocument, {}).catch((fault) => {
    if (fault instanceof PublicFault && fault.kind === 'signedOut') return ask(slug, OwnDocument, {});
    throw fault;
  });
  return { city: answer.city, viewer: answer.citizenViewer };
}

/** A page of one's own: whoever is not signed in does so first, on the same page. */
export async function ownPage(slug: string, title: string, draw: () => void, why: string): Promise<Own | null> {
  waiting(frame(null, draw));
  const { city, viewer } = await own(slug);
  const main = frame(city, draw);
  document.title = `${title} · ${t('app.name')}`;
  if (viewer) return { city, viewer, main };
  const { box } = await signInBox(slug, draw);
  replace(main, h('h1', null, w('sign.title')), h('p', { class: 'lead' }, why), box);
  return null;
}

export const phoneField = (name: string, label: string, autocomplete = 'off', hint?: string, within?: string) =>
  textField({
    ...{ name, within, label, hint, autocomplete, required: true },
    ...{ type: 'tel', inputmode: 'numeric', maxlength: 20 },
  });

/** For the six digits that were sent to a number. */
export const codeField = (name: string, phone: string, within?: string) =>
  textField({
    ...{ name, within, label: w('sign.code', { phone }), required: true },
    ...{ inputmode: 'numeric', maxlength: 6, autocomplete: 'one-time-code' },
  });

/** Number, then code: nothing to remember. The notice is there to be read before anything is written down. */
export async function signInBox(slug: string, signedIn: () => unknown) {
  let notice = await noticeOf(slug);
  const box = h('div', { class: 'block' });
  const shown = h('div', null, noticeBox(notice));
  const renew = async () => {
    notice = await noticeOf(slug);
    replace(shown, noticeBox(notice));
  };
  const phone = phoneField('phone', w('sign.phone'), 'tel');
  const act = new Act();
  const sendCode = async () => {
    const { refused } = await act.run(slug, PhoneCodeDocument, { phone: phone.value(), purpose: 'SIGN_IN' });
    if (!refused) askCode(slug, box, phone.value(), () => notice, renew, shown, signedIn, start);
    return refused;
  };
  const start = (focus = false) => {
    replace(
      box,
      form(() => [phone], [phone.box, h('p', { class: 'hint' }, w('sign.why'))], w('sign.send'), sendCode),
      shown,
    );
    if (focus) phone.focus();
  };
  start();
  return { box };
}

function askCode(
  slug: string,
  box: HTMLElement,
  phone: string,
  notice: () => Notice,
  renew: () => Promise<void>,
  shown: HTMLElement,
  signedIn: () => unknown,
  again: (focus: boolean) => void,
) {
  const code = codeField('code', phone);
  const tail = textField({ name: 'idTail', label: w('sign.tail'), hint: w('sign.tailHint'), maxlength: 4 });
  const notMine = checkField('notMine', w('sign.notMine'));
  const card = h('div', null, tail.box, notMine.box);
  card.hidden = true;
  const act = new Act();
  const send = async (): Promise<Refusal | null> => {
    const input = {
      phone,
      code: code.value(),
      noticeVersion: notice().version,
      idTail: tail.value() || null,
      notMine: notMine.on() || null,
    };
    const { done, refused } = await act.run(slug, SignInByPhoneDocument, { input });
    if (done) {
      await keepSession(slug, done.token);
      await redrawn(signedIn);
      return null;
    }
    if (refused.code === 'ID_TAIL_NEEDED' || refused.code === 'WRONG_ID_TAIL') card.hidden = false;
    if (refused.code === 'NOTICE_CHANGED') await renew();
    return refused;
  };
  const resend = new Act();
  replace(
    box,
    form(() => [code, tail, notMine], [code.box, card], w('sign.in'), send),
    actButton(
      w('sign.resend'),
      async () => (await resend.run(slug, PhoneCodeDocument, { phone, purpose: 'SIGN_IN' })).refused ?? null,
      true,
    ),
    h('button', { type: 'button', class: 'button quiet wide', onclick: () => again(true) }, w('sign.other')),
    shown,
  );
  code.focus();
}

/** The token goes into a cookie that no script can read, apart from an officer's. */
async function keepSession(slug: string, token: string) {
  const response = await session(slug, 'POST', { authorization: `Bearer ${token}` });
  if (!response.ok) throw new PublicFault('refused', w('fault.nothing'));
}

/** For whoever lost a telephone, or used somebody else's: every session ends, this one with them. */
export function signOutEverywhere(slug: string) {
  const act = new Act();
  return sureButton(
    w('sign.everywhere'),
    h('p', null, w('sign.everywhereMeans')),
    w('sign.everywhereYes'),
    async () => {
      const { refused } = await act.run(slug, SignOutEverywhereDocument, {});
      if (!refused) await signOut(slug);
      return refused;
    },
  );
}

export async function signOut(slug: string) {
  await session(slug, 'DELETE', {});
  location.assign(`/${slug}`);
}

function session(slug: string, method: 'POST' | 'DELETE', headers: Record<string, string>) {
  return fetch(`/${slug}/session`, {
    method,
    credentials: 'same-origin',
    headers: { ...AS_CITIZEN, 'accept-language': prefs.language, ...headers },
  }).catch(() => {
    throw new PublicFault('offline', '');
  });
}
