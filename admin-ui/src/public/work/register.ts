import { h, replace } from '../dom';
import { Act, type Refusal } from './act';
import { RegisterDocument, type WorkerInput } from './gql/graphql';
import { checkField, form, textField, unfold } from './kit';
import { type Notice, noticeBox, noticeOf } from './notice';
import { type Own, ownPage } from './signin';
import { w } from './text';
import { mainWishes, moreWishes } from './wishes';

/** Registration as a worker (求职登记): six things, two of them consents that stand apart; the rest may be left out. */
export async function showRegister(slug: string) {
  const page = await ownPage(slug, w('register.title'), () => void showRegister(slug), w('register.signIn'));
  if (!page) return;
  const notice = await noticeOf(slug);
  replace(
    page.main,
    h('p', { class: 'crumb' }, h('a', { href: `/${slug}/me` }, w('me.back'))),
    h('h1', null, w('register.title')),
    h('p', { class: 'lead' }, w('register.lead')),
    registerForm(slug, page, notice),
  );
}

function registerForm(slug: string, { city, viewer }: Own, notice: Notice) {
  const who = person();
  const wanted = mainWishes(slug, city.code);
  const more = moreWishes();
  const papers = certificate();
  const consent = checkField('consent', w('register.consent'), { needed: true });
  const sensitive = checkField('sensitive', w('register.consentId'), { needed: true });
  const act = new Act();
  const send = async (): Promise<Refusal | null> => {
    const input: WorkerInput = {
      ...who.value(),
      ...wanted.value(),
      ...more.value(),
      certificates: papers.value(),
      // Whoever is signed in has a number already.
      phone: 'none',
      consent: { how: 'ONLINE', noticeVersion: notice.version },
    };
    const { refused } = await act.run(slug, RegisterDocument, { input, marketId: null });
    if (!refused) goOn(slug);
    return refused ?? null;
  };
  const fields = [...who.fields, ...wanted.fields, consent, sensitive, ...more.fields, ...papers.fields];
  const consents = h('fieldset', { class: 'consents' }, h('legend', null, w('register.consents')));
  consents.append(noticeBox(notice), consent.box, sensitive.box);
  return form(
    () => fields,
    [
      h('p', { class: 'notice' }, w('register.phone', { phone: viewer.citizen.phoneMasked ?? '' })),
      [...who.fields, ...wanted.fields].map((field) => field.box),
      unfold(w('register.more'), more.box, papers.box),
      consents,
    ],
    w('register.send'),
    send,
  );
}

function person() {
  const name = textField({
    name: 'name',
    label: w('register.name'),
    maxlength: 40,
    autocomplete: 'name',
    required: true,
  });
  const idNumber = textField({
    name: 'idNumber',
    label: w('register.id'),
    hint: w('register.idHint'),
    maxlength: 18,
    required: true,
  });
  return { fields: [name, idNumber], value: () => ({ name: name.value(), idNumber: idNumber.value() }) };
}

function certificate() {
  const trade = textField({ name: 'certificates.0.trade', label: w('register.certTrade'), maxlength: 40 });
  const number = textField({ name: 'certificates.0.number', label: w('register.certNumber'), maxlength: 40 });
  const until = textField({ name: 'certificates.0.validUntil', label: w('register.certUntil'), type: 'date' });
  const fields = [trade, number, until];
  const value = (): WorkerInput['certificates'] =>
    trade.value() || number.value()
      ? [{ trade: trade.value(), number: number.value(), validUntil: until.value() }]
      : null;
  const box = h(
    'div',
    null,
    h('h3', null, w('register.cert')),
    fields.map((field) => field.box),
  );
  return { fields, value, box };
}

/** Back to the posting that asked for it, or to one's own page. */
function goOn(slug: string) {
  const posting = new URLSearchParams(location.search).get('back');
  location.assign(posting ? `/${slug}/work/${encodeURIComponent(posting)}` : `/${slug}/me`);
}
