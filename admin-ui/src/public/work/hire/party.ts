import { h, replace } from '../../dom';
import { fillPlaces } from '../../filters';
import { Act, type Refusal } from '../act';
import { type PartyKind, RegisterPartyDocument, type RegisterPartyInput } from '../gql/graphql';
import { choiceField, type Field, form, textField, unfold } from '../kit';
import { noticeBox, noticeOf } from '../notice';
import { ownPage, type Viewer } from '../signin';
import { w } from '../text';
import { askToAct } from './agents';
import { e } from './text';

const KINDS: PartyKind[] = [
  'HOUSEHOLD',
  'GANG_LEADER',
  'INDIVIDUAL_BUSINESS',
  'ENTERPRISE',
  'COOPERATIVE',
  'PUBLIC_INSTITUTION',
  'ASSOCIATION',
];
const PERSONS: PartyKind[] = ['HOUSEHOLD', 'GANG_LEADER'];

/** A person acts for itself; a unit sends somebody. */
export const isPerson = (kind: PartyKind) => PERSONS.includes(kind);

/** Registration of whoever has others work (登记用工主体): a person by the card, a unit by its code. */
export async function showParty(slug: string) {
  const page = await ownPage(slug, e('party.title'), () => void showParty(slug), e('hire.signIn'));
  if (!page) return;
  const notice = await noticeOf(slug);
  replace(
    page.main,
    h('p', { class: 'crumb' }, h('a', { href: `/${slug}/hire` }, e('hire.back'))),
    h('h1', null, e('party.title')),
    h('p', { class: 'lead' }, e('party.lead')),
    noticeBox(notice),
    partyForm(slug, page.city.code, page.viewer),
  );
}

function partyForm(slug: string, city: string, { citizen }: Viewer) {
  const said = partyFields(slug, city, citizen.idNumberMasked !== null);
  const act = new Act();
  const ask = askToAct(slug);
  const send = async (): Promise<Refusal | null> => {
    const input = said.value();
    const { refused } = await act.run(slug, RegisterPartyDocument, { input });
    if (refused?.code === 'ALREADY_REGISTERED' && input.uscc) {
      ask.about(input.uscc, refused.message);
      return null;
    }
    if (!refused) location.assign(`/${slug}/hire`);
    return refused ?? null;
  };
  const known =
    citizen.idNumberMasked && h('p', { class: 'notice' }, e('party.known', { name: citizen.nameMasked ?? '' }));
  return h('div', null, form(said.fields, [known, said.box], e('party.send'), send), ask.box);
}

/** What a person says is not what a unit says: the fields follow the kind. */
function partyFields(slug: string, city: string, known: boolean) {
  const kind = choiceField(
    'kind',
    e('party.kind'),
    KINDS.map((key) => [key, e(`kind.${key}`)] as const),
    { value: 'HOUSEHOLD', onchange: () => shape() },
  );
  const hint = h('p', { class: 'hint', 'aria-live': 'polite' });
  const text = (name: string, label: string, more: Partial<Parameters<typeof textField>[0]> = {}) =>
    textField({ name, label, maxlength: 18, required: true, ...more });
  const name = text('name', e('party.name'), { maxlength: 80 });
  const idNumber = text('idNumber', w('register.id'));
  const uscc = text('uscc', e('party.uscc'), { hint: e('party.usccHint') });
  const address = text('address', e('party.address'), { maxlength: 120, required: false });
  const county = choiceField('county', e('party.county'), [['', w('form.choose')]]);
  void fillPlaces(slug, city, county.control, '');
  const contactName = text('contactName', e('party.contactName'), { maxlength: 40, required: false });
  const contactPhone = text('contactPhone', e('party.contactPhone'), { type: 'tel', maxlength: 20, required: false });
  const label = name.box.querySelector('label') as HTMLElement;
  const shape = () => {
    const person = isPerson(kind.value() as PartyKind);
    name.box.hidden = person && known;
    idNumber.box.hidden = !person || known;
    uscc.box.hidden = person;
    address.box.hidden = person;
    label.textContent = e(person ? 'party.personName' : 'party.name');
    hint.textContent = e(`kindHelp.${kind.value() as PartyKind}`);
  };
  shape();
  const all = [kind, name, idNumber, uscc, address, county, contactName, contactPhone];
  const said = (field: Field) => (field.box.hidden ? null : field.value() || null);
  const value = (): RegisterPartyInput => ({
    kind: kind.value() as PartyKind,
    county: county.value(),
    name: said(name),
    idNumber: said(idNumber),
    uscc: said(uscc),
    address: said(address),
    contactName: said(contactName),
    contactPhone: said(contactPhone),
  });
  const must = [name, idNumber, uscc, address, county].map((field) => field.box);
  const contact = unfold(e('party.contact'), contactName.box, contactPhone.box);
  return {
    box: h('div', null, kind.box, hint, must, contact),
    fields: () => all.filter(({ box }) => !box.hidden),
    value,
  };
}
