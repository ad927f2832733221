import { ask, askOwn, PublicFault } from '../../api';
import { h, replace } from '../../dom';
import { fillTrades } from '../../filters';
import { Act, type Refusal } from '../act';
import {
  type AccidentCover,
  HiringDocument,
  type HiringQuery,
  MarketsDocument,
  type PayDay,
  type PostingInput,
  SavePostingDocument,
  SubmitPostingDocument,
  type WageUnit,
} from '../gql/graphql';
import { checkField, choiceField, type Field, form, textField, unfold } from '../kit';
import { ownPage } from '../signin';
import { fenOf, type WorkKey, w, yuanOf } from '../text';
import { tradeChips } from '../trades';
import { myParties, type Party } from './hire';
import { linter } from './lint';
import { shiftRows } from './shifts';
import { e } from './text';

const UNITS: WageUnit[] = ['DAY', 'HOUR', 'JOB', 'PIECE', 'MONTH'];
const PAY_DAYS: PayDay[] = ['ON_COMPLETION', 'DAILY', 'WEEKLY', 'HALF_MONTHLY', 'MONTHLY'];
const COVERS: AccidentCover[] = ['NONE', 'COMMERCIAL', 'WORK_INJURY'];
export type Posting = NonNullable<HiringQuery['posting']>;

/** A posting in sixty seconds (发布招工): what the law wants named, and no more that must be filled in. */
export async function showPost(slug: string, id: string) {
  const draw = () => void showPost(slug, id);
  const page = await ownPage(slug, e('post.title'), draw, e('hire.signIn'));
  if (!page) return;
  const [all, known] = await Promise.all([
    myParties(slug),
    id ? askOwn(slug, HiringDocument, { id }).then(({ posting }) => posting) : null,
  ]);
  if (id && !known) throw new PublicFault('notFound', '');
  const parties = all.filter(({ status }) => status === 'VERIFIED' || status === 'PENDING');
  if (parties.length === 0) return location.replace(`/${slug}/hire/register`);
  const { directory } = await ask(slug, MarketsDocument, { first: 100 });
  const markets = (directory?.edges ?? []).map(({ node }) => [node.id, node.name] as const);
  const back = known ? `/${slug}/hire/postings/${encodeURIComponent(known.id)}` : `/${slug}/hire`;
  replace(
    page.main,
    h('p', { class: 'crumb' }, h('a', { href: back }, e(known ? 'hire.backPosting' : 'hire.back'))),
    h('h1', null, e(known ? 'post.edit' : 'post.title')),
    h('p', { class: 'lead' }, e('post.lead')),
    postForm(slug, parties, markets, known),
  );
}

function postForm(slug: string, parties: Party[], markets: (readonly [string, string])[], known: Posting | null) {
  const kit = postFields(parties, markets, known, () => lint.later());
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
      if (check) lint.flaws(check);
      return kept.refused;
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

function postFields(
  parties: Party[],
  markets: (readonly [string, string])[],
  known: Posting | null,
  changed: () => void,
) {
  const party = choiceField(
    'partyId',
    e('post.party'),
    parties.map(({ id, displayName }) => [id, displayName] as const),
    {
      value: known?.partyId ?? parties[0]?.id,
    },
  );
  party.box.hidden = parties.length === 1 || known !== null;
  const trade = textField({
    name: 'trade',
    label: e('post.trade'),
    value: known?.trade?.name,
    maxlength: 40,
    list: 'trades',
    required: true,
    onchange: changed,
  });
  const tradeInput = trade.box.querySelector('input') as HTMLInputElement;
  trade.box.append(
    h('datalist', { id: 'trades' }),
    h(
      'div',
      { class: 'chips', role: 'group', 'aria-label': e('post.trade') },
      tradeChips(tradeInput, { chosen: changed }),
    ),
  );
  const duties = textField({
    name: 'duties',
    label: e('post.duties'),
    hint: e('post.dutiesHint'),
    value: known?.duties,
    rows: 4,
    maxlength: 2000,
    required: true,
    onchange: changed,
  });
  const place = textField({
    name: 'place',
    label: e('post.place'),
    hint: e('post.placeHint'),
    value: known?.place,
    maxlength: 120,
    required: true,
    onchange: changed,
  });
  const pay = textField({
    name: 'wageFen',
    label: e('post.wage'),
    value: known ? yuanOf(known.wageFen) : '',
    inputmode: 'decimal',
    maxlength: 12,
    required: true,
    onchange: changed,
  });
  const unit = choiceField(
    'wageUnit',
    e('post.unit'),
    UNITS.map((key) => [key, e(`unit.${key}`)] as const),
    { value: known?.wageUnit, onchange: changed },
  );
  const more = moreFields(markets, known, changed);
  const shifts = shiftRows(known?.shifts ?? [], changed, more.rest);
  const fields = (): Field[] => [party, trade, duties, place, pay, unit, ...shifts.fields(), ...more.fields];
  const draft = (): PostingInput | null =>
    trade.value() || duties.value() ? { ...filled(), wageFen: fenOf(pay.value()) ?? 0 } : null;
  const filled = (): Omit<PostingInput, 'wageFen'> => ({
    partyId: party.value(),
    trade: trade.value(),
    duties: duties.value(),
    place: place.value(),
    wageUnit: unit.value() as WageUnit,
    shifts: shifts.value(),
    ...more.value(),
  });
  const input = (): PostingInput | null => {
    const wageFen = fenOf(pay.value());
    return wageFen === null ? null : { ...filled(), wageFen };
  };
  const box = h(
    'div',
    null,
    party.box,
    trade.box,
    duties.box,
    place.box,
    h('div', { class: 'pair' }, pay.box, unit.box),
    shifts.box,
    unfold(e('post.more'), more.box),
  );
  return { box, fields, draft, input };
}

function moreFields(markets: (readonly [string, string])[], known: Posting | null, changed: () => void) {
  const usual = ['', e('post.usual')] as const;
  const market = choiceField('marketId', e('post.market'), [['', e('post.noMarket')], ...markets], {
    value: known?.marketId ?? '',
    required: false,
  });
  const payDay = choiceField(
    'payDay',
    e('post.payDay'),
    [usual, ...PAY_DAYS.map((key) => [key, w(`payDay.${key}` as WorkKey)] as const)],
    { value: known?.payDay, required: false, onchange: changed },
  );
  const payText = textField({
    name: 'payText',
    label: e('post.payText'),
    hint: e('post.payTextHint'),
    value: known?.payText ?? '',
    maxlength: 200,
    onchange: changed,
  });
  const conditions = textField({
    name: 'conditions',
    label: e('post.conditions'),
    value: known?.conditions ?? '',
    rows: 2,
    maxlength: 500,
    onchange: changed,
  });
  const cover = choiceField(
    'cover',
    w('posting.cover'),
    COVERS.map((key) => [key, w(`cover.${key}` as WorkKey)] as const),
    { value: known?.cover, required: false },
  );
  const rest = textField({
    name: 'breakMinutes',
    label: e('post.rest'),
    type: 'number',
    inputmode: 'numeric',
    min: '0',
    value: String(known?.shifts[0]?.breakMinutes ?? 0),
    onchange: changed,
  });
  const instant = checkField('instant', e('post.instant'), { checked: known?.instant ?? false });
  const priority = checkField('priority', e('post.priority'), { checked: known?.priority ?? false });
  const value = (): Partial<PostingInput> => ({
    marketId: market.value() || null,
    payDay: (payDay.value() as PayDay) || null,
    payText: payText.value() || null,
    conditions: conditions.value() || null,
    cover: cover.value() as AccidentCover,
    instant: instant.on(),
    priority: priority.on(),
  });
  const fields = [market, payDay, payText, conditions, cover, rest, instant, priority];
  const box = h(
    'div',
    null,
    fields.map((field) => field.box),
  );
  return { box, fields, value, rest: () => Number(rest.value()) || 0 };
}
