import { ask, askOwn, PublicFault } from '../../api';
import { h, replace } from '../../dom';
import { fillTrades } from '../../filters';
import { Act, type Refusal } from '../act';
import {
  HiringDocument,
  MarketsDocument,
  type PostingInput,
  SavePostingDocument,
  SubmitPostingDocument,
  type WageUnit,
} from '../gql/graphql';
import { choiceField, type Field, form, textField, unfold } from '../kit';
import { ownPage } from '../signin';
import { fenOf, w, yuan } from '../text';
import { tradeChips } from '../trades';
import { actingFor } from './acting';
import { mayPost, myParties, type Party } from './hire';
import { linter } from './lint';
import { moreFields, type Where } from './more';
import { pointField } from './point';
import { shiftRows } from './shifts';
import { templateLinks, templatesOf, tradeNames } from './templates';
import { e } from './text';
import { lastDayOf, ofPosting, ofTemplate, type Posting } from './written';

const UNITS: WageUnit[] = ['DAY', 'HOUR', 'JOB', 'PIECE', 'MONTH'];

/** A posting in sixty seconds (发布招工): what the law wants named, and no more that must be filled in. */
export async function showPost(slug: string, id: string) {
  const draw = () => showPost(slug, id);
  const page = await ownPage(slug, e('post.title'), draw, e('hire.signIn'));
  if (!page) return;
  const [all, known] = await Promise.all([
    myParties(slug),
    id ? askOwn(slug, HiringDocument, { id }).then(({ posting }) => posting) : null,
  ]);
  if (id && !known) throw new PublicFault('notFound', '');
  const parties = all.filter(mayPost);
  if (parties.length === 0) return location.replace(`/${slug}/hire/register`);
  const [start, { directory }] = await Promise.all([
    known ? { from: { ...ofPosting(known), validUntil: lastDayOf(known) }, templates: null } : fresh(slug, parties),
    ask(slug, MarketsDocument, { first: 100 }),
  ]);
  const markets = (directory?.edges ?? []).map(({ node }) => [node.id, node.name] as const);
  const back = known ? `/${slug}/hire/postings/${encodeURIComponent(known.id)}` : `/${slug}/hire`;
  replace(
    page.main,
    h('p', { class: 'crumb' }, h('a', { href: back }, e(known ? 'hire.backPosting' : 'hire.back'))),
    h('h1', null, e(known ? 'post.edit' : 'post.title')),
    h('p', { class: 'lead' }, e('post.lead')),
    start.templates,
    postForm({ slug, city: page.city.code, markets }, { parties, known, from: start.from }),
  );
}

/** A new posting begins empty, or as the template says that the address names. */
async function fresh(slug: string, parties: Party[]) {
  const asked = new URLSearchParams(location.search).get('template');
  const party = actingFor(slug, parties);
  const all = party ? await templatesOf(slug, party.id) : [];
  const chosen = all.find(({ id }) => id === asked);
  const from = chosen ? ofTemplate(chosen, await tradeNames(slug)) : party ? { partyId: party.id } : {};
  return { from, templates: templateLinks(slug, all, chosen?.id) };
}

/** What a form begins with: all that is known, or no more than who hires. */
type From = Partial<PostingInput>;

interface Start {
  parties: Party[];
  known: Posting | null;
  from: From;
}

function postForm(where: Where, { parties, known, from }: Start) {
  const { slug } = where;
  const kit = postFields(where, { parties, known, from }, () => lint.later());
  const lint = linter(slug, kit.fields, kit.draft);
  void fillTrades(slug);
  let saved = known ? { id: known.id, version: known.version } : null;
  const save = new Act();
  const submit = new Act();
  const send = async (): Promise<Refusal | null> => {
    const input = kit.input();
    if (!input) return { code: 'MONEY', message: w('pay.bad'), field: 'wageFen' };
    const kept = await save.run(slug, SavePostingDocument, {
      id: saved?.id ?? null,
      version: saved?.version ?? null,
      input,
    });
    if (kept.refused) {
      const check = await lint.look();
      const flawed = check ? lint.flaws(check) : 0;
      return flawed > 0 ? { code: 'FLAWED', message: e('lint.flaws', { n: flawed }), field: null } : kept.refused;
    }
    saved = { id: kept.done.id, version: kept.done.version };
    const waits = kept.done.status === 'DRAFT' || kept.done.status === 'RETURNED';
    if (waits) {
      const { refused } = await submit.run(slug, SubmitPostingDocument, saved);
      if (refused) return { ...refused, message: `${refused.message} ${e('post.kept')}` };
    }
    location.assign(`/${slug}/hire/postings/${encodeURIComponent(saved.id)}`);
    return null;
  };
  return form(kit.fields, [kit.box, lint.box], e('post.send'), send);
}

function postFields(where: Where, { parties, known, from }: Start, changed: () => void) {
  const party = choiceField(
    'partyId',
    e('post.party'),
    parties.map(({ id, displayName }) => [id, displayName] as const),
    { value: from.partyId },
  );
  party.box.hidden = parties.length === 1 || known !== null;
  const what = whatFields(from, changed);
  const pay = payFields(from, changed);
  const more = moreFields(where, from, changed);
  const shifts = shiftRows(from.shifts ?? [], changed, more.rest);
  const fields = (): Field[] => [party, ...what.fields, ...pay.fields, ...shifts.fields(), ...more.fields];
  const filled = (wageFen: number): PostingInput => ({
    partyId: party.value(),
    ...what.value(),
    ...pay.value(wageFen),
    shifts: shifts.value(),
    ...more.value(),
  });
  /** As far as it was written: enough for the linter. */
  const draft = () => (what.begun() ? filled(pay.fen() ?? 0) : null);
  const input = () => {
    const fen = pay.fen();
    return fen === null ? null : filled(fen);
  };
  const box = h('div', null, party.box, what.box, pay.box, shifts.box, unfold(e('post.more'), more.box));
  return { box, fields, draft, input };
}

function whatFields(from: From, changed: () => void) {
  const must = { required: true, onchange: changed };
  const trade = textField({
    ...must,
    name: 'trade',
    label: e('post.trade'),
    value: from.trade,
    maxlength: 40,
    list: 'trades',
  });
  const chips = { class: 'chips', role: 'group', 'aria-label': e('post.trade') };
  const tradeInput = trade.box.querySelector('input') as HTMLInputElement;
  trade.box.append(h('datalist', { id: 'trades' }), h('div', chips, tradeChips(tradeInput, { chosen: changed })));
  const duties = textField({
    ...must,
    name: 'duties',
    label: e('post.duties'),
    hint: e('post.dutiesHint'),
    value: from.duties,
    rows: 4,
    maxlength: 1000,
  });
  const place = textField({
    ...must,
    name: 'place',
    label: e('post.place'),
    hint: e('post.placeHint'),
    value: from.place,
    maxlength: 120,
  });
  const point = pointField(from.point, changed);
  const fields: Field[] = [trade, duties, place, point];
  return {
    fields,
    box: h(
      'div',
      null,
      fields.map((field) => field.box),
    ),
    begun: () => trade.value() !== '' || duties.value() !== '',
    value: () => ({ trade: trade.value(), duties: duties.value(), place: place.value(), point: point.point() }),
  };
}

function payFields(from: From, changed: () => void) {
  const pay = textField({
    name: 'wageFen',
    label: e('post.wage'),
    value: from.wageFen === undefined ? '' : yuan(from.wageFen),
    inputmode: 'decimal',
    maxlength: 12,
    required: true,
    onchange: changed,
  });
  const unit = choiceField(
    'wageUnit',
    e('post.unit'),
    UNITS.map((key) => [key, e(`unit.${key}`)] as const),
    { value: from.wageUnit, onchange: changed },
  );
  return {
    fields: [pay, unit] as Field[],
    box: h('div', { class: 'pair' }, pay.box, unit.box),
    fen: () => fenOf(pay.value()),
    value: (wageFen: number) => ({ wageFen, wageUnit: unit.value() as WageUnit }),
  };
}
