import { askOwn } from '../api';
import { h, replace } from '../dom';
import { section } from '../frame';
import { Act, type Refusal } from './act';
import {
  EraseOwnDataDocument,
  ExportOwnDataDocument,
  MyDataDocument,
  type MyDataQuery,
  PhoneCodeDocument,
  WithdrawConsentDocument,
} from './gql/graphql';
import { hardship } from './hardship';
import { facts, form, redrawn, sureButton, unfold } from './kit';
import { doing } from './next';
import { noticeBox, noticeOf } from './notice';
import { changeNumber } from './number';
import { codeField, ownPage, phoneField, signOut } from './signin';
import { date, moment, w } from './text';

type Citizen = NonNullable<MyDataQuery['citizenViewer']>['citizen'];

/** What is held about oneself (我的资料): to see, to take along, to take back, to erase. */
export async function showData(slug: string, done = ''): Promise<void> {
  const draw = () => showData(slug);
  const page = await ownPage(slug, w('data.title'), draw, w('me.signIn'));
  if (!page) return;
  const [{ citizenViewer }, notice] = await Promise.all([askOwn(slug, MyDataDocument, {}), noticeOf(slug)]);
  const citizen = citizenViewer?.citizen;
  if (!citizen) return draw();
  const eraser = h('div');
  const changed = () => redrawn(() => showData(slug, w('number.done')));
  replace(
    page.main,
    h('p', { class: 'crumb' }, h('a', { href: `/${slug}/me` }, w('me.back'))),
    h('h1', null, w('data.title')),
    done && h('p', { class: 'notice', role: 'status' }, done),
    section(
      w('data.held'),
      facts(
        [w('data.name'), citizen.nameMasked],
        [w('sign.phone'), citizen.phoneMasked],
        [w('register.id'), citizen.idNumberMasked],
      ),
      unfold(w('number.title'), changeNumber(slug, citizen.version, changed)),
      noticeBox(notice),
    ),
    citizenViewer.worker && hardship(slug, citizenViewer.worker, notice.version, draw),
    consents(slug, citizen, draw),
    session(slug, citizenViewer.sessionEndsAt),
    section(
      w('data.take'),
      h('p', null, w('data.takeHelp')),
      withCode(slug, 'take', w('data.takeButton'), takeAlong(slug, citizen)),
    ),
    section(
      w('data.erase'),
      sureButton(w('data.erase'), h('p', null, w('data.eraseMeans')), w('data.eraseGo'), async () => {
        replace(eraser, withCode(slug, 'erase', w('data.eraseYes'), erase(slug, citizen)));
        eraser.querySelector('button')?.focus();
        return null;
      }),
      eraser,
    ),
  );
}

function consents(slug: string, citizen: Citizen, draw: () => void) {
  return section(
    w('data.consents'),
    (citizen.consents ?? []).length === 0 && h('p', { class: 'hint' }, w('data.noConsents')),
    (citizen.consents ?? []).map((consent) =>
      h(
        'div',
        { class: 'shift' },
        h('p', null, h('b', null, w(`consent.${consent.purpose}`))),
        h(
          'p',
          { class: 'hint' },
          w('data.given', {
            at: moment(consent.givenAt),
            how: w(`consentHow.${consent.how}`),
            version: consent.noticeVersion,
          }),
          consent.withdrawnAt && ` · ${w('data.withdrawn', { at: moment(consent.withdrawnAt) })}`,
        ),
        !consent.withdrawnAt &&
          sureButton(
            w('data.withdraw'),
            h('p', null, w(`withdrawMeans.${consent.purpose}`)),
            w('data.withdrawYes'),
            doing(draw, (act) => act.run(slug, WithdrawConsentDocument, { id: consent.id })),
          ),
      ),
    ),
  );
}

/** Only this one can be ended from here. */
function session(slug: string, until: string) {
  return section(
    w('data.session'),
    h('p', null, w('data.sessionUntil', { until: date(until) })),
    h('button', { type: 'button', class: 'button quiet wide', onclick: () => void signOut(slug) }, w('sign.out')),
  );
}

/** What is one's own goes out, or away, only with a code to one's own telephone. */
function withCode(slug: string, what: string, label: string, run: (code: string) => Promise<Refusal | null>) {
  const box = h('div');
  const act = new Act();
  const phone = phoneField('phone', w('sign.phone'), 'off', undefined, what);
  const ask = async () => {
    const { refused } = await act.run(slug, PhoneCodeDocument, { phone: phone.value(), purpose: 'OWN_DATA' });
    if (refused) return refused;
    const code = codeField('code', phone.value(), what);
    replace(
      box,
      form(
        () => [code],
        code.box,
        label,
        () => run(code.value()),
      ),
    );
    code.focus();
    return null;
  };
  replace(
    box,
    form(() => [phone], [h('p', { class: 'hint' }, w('data.codeWhy')), phone.box], w('sign.send'), ask),
  );
  return box;
}

function takeAlong(slug: string, { id }: Citizen) {
  const act = new Act();
  return async (code: string) => {
    const { done, refused } = await act.run(slug, ExportOwnDataDocument, { id, code, reason: null });
    if (done) location.assign(done.url);
    return refused ?? null;
  };
}

function erase(slug: string, { id, version }: Citizen) {
  const act = new Act();
  return async (code: string) => {
    const { refused } = await act.run(slug, EraseOwnDataDocument, { id, version, code, reason: null });
    if (!refused) await signOut(slug);
    return refused ?? null;
  };
}
