import { h, replace } from '../../dom';
import { fillPlaces } from '../../filters';
import { Act, type Refusal } from '../act';
import { type PartyKind, RegisterPartyDocument, type RegisterPartyInput } from '../gql/graphql';
import { choiceField, form, textField, unfold } from '../kit';
import { noticeBox, noticeOf } from '../notice';
import { ownPage, type Viewer } from '../signin';
import { w } from '../text';
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
  const known = citizen.idNumberMasked !== null;
  const kind = choiceField(
    'kind',
    e('party.kind'),
    KINDS.map((key) => [key, e(`kind.${key}`)] as const),
    { value: 'HOUSEHOLD', onchange: () => shape() },
  );
  const hint = h('p', { class: 'hint', 'aria-live': 'polite' });
  const name = textField({ name: 'name', label: e('party.name'), maxlength: 80, required: true });
  const label = name.box.querySelector('label') as HTMLElement;
  const idNumber = textField({ name: 'idNumber', label: w('register.id'), maxlength: 18, required: true });
  const uscc = textField({
    name: 'uscc',
    label: e('party.uscc'),
    hint: e('party.usccHint'),
    maxlength: 18,
    required: true,
  });
  const address = textField({ name: 'address', label: e('party.address'), maxlength: 120 });
  const county = choiceField('county', e('party.county'), [['', w('form.choose')]]);
  void fillPlaces(slug, city, county.control, '');
  const contact = [
    textField({ name: 'contactName', label: e('party.contactName'), maxlength: 40 }),
    textField({ name: 'contactPhone', label: e('party.contactPhone'), type: 'tel', maxlength: 20 }),
  ] as const;
  const isPerson = () => PERSONS.includes(kind.value() as PartyKind);
  const shape = () => {
    const person = isPerson();
    const own = person && known;
    name.box.hidden = own;
    idNumber.box.hidden = !person || known;
    uscc.box.hidden = person;
    address.box.hidden = person;
    label.textContent = e(person ? 'party.personName' : 'party.name');
    hint.textContent = e(`kindHelp.${kind.value() as PartyKind}`);
  };
  shape();
  const shown = () => [kind, name, idNumber, uscc, address, county, ...contact].filter(({ box }) => !box.hidden);
  const act = new Act();
  const send = async (): Promise<Refusal | null> => {
    const said = (field: (typeof contact)[number]) => (field.box.hidden ? null : field.value() || null);
    const input: RegisterPartyInput = {
      kind: kind.value() as PartyKind,
      county: county.value(),
      name: said(name),
      idNumber: said(idNumber),
      uscc: said(uscc),
      address: said(address),
      contactName: said(contact[0]),
      contactPhone: said(contact[1]),
    };
    const { refused } = await act.run(slug, RegisterPartyDocument, { input });
    if (!refused) location.assign(`/${slug}/hire`);
    return refused ?? null;
  };
  return form(
    shown,
    [
      kind.box,
      hint,
      known && h('p', { class: 'notice' }, e('party.known', { name: citizen.nameMasked ?? '' })),
      name.box,
      idNumber.box,
      uscc.box,
      address.box,
      county.box,
      unfold(
        e('party.contact'),
        contact.map((field) => field.box),
      ),
    ],
    e('party.send'),
    send,
  );
}
