import { ask } from './api';
import { h, ICONS, icon, replace } from './dom';
import {
  type DirectoryFilter,
  type FacilityKind,
  type OperatingNature,
  PlacesDocument,
  type ServiceKind,
  TradeNamesDocument,
} from './gql/graphql';
import { type PublicKey, t } from './text';

/** What the address bar holds of a search. A person's position is never among it. */
export interface Search {
  q: string;
  trade: string;
  place: string;
  village: string;
  nature: '' | OperatingNature;
  open: boolean;
  service: '' | ServiceKind;
  facility: '' | FacilityKind;
  early: boolean;
  standardised: boolean;
}

const NATURES: OperatingNature[] = ['PUBLIC', 'COMMERCIAL', 'SPONTANEOUS'];
const SERVICES: ServiceKind[] = [
  'POLICY_ADVICE',
  'SOCIAL_INSURANCE',
  'SKILLS_TRAINING',
  'ENTREPRENEURSHIP',
  'RIGHTS_PROTECTION',
];
/** Those a person chooses a market by; the rest are read on its page. */
const FACILITIES: FacilityKind[] = [
  'WATER',
  'HEATING',
  'TOILET',
  'REST_AREA',
  'CHEAP_MEALS',
  'CHEAP_LODGING',
  'TOOL_LENDING',
  'TOOL_STORAGE',
  'SHUTTLE',
  'POWER',
];
const one = <V extends string>(of: V[], value: string | null): '' | V => (of.includes(value as V) ? (value as V) : '');
/** Six digits are a district's, nine a township's. */
const isTownship = (code: string) => code.length === 9;
/** As they are called in the street, with the key of what each is called here; the server knows the occupation behind each. */
export const COMMON_TRADES = [
  ['小工', 'common.labourer'],
  ['瓦工', 'common.bricklayer'],
  ['木工', 'common.carpenter'],
  ['水电工', 'common.plumber'],
  ['保洁员', 'common.cleaner'],
  ['保姆', 'common.nanny'],
  ['服务员', 'common.waiter'],
  ['搬运', 'common.mover'],
] as const;

export function readSearch(query: string): Search {
  const params = new URLSearchParams(query);
  return {
    q: params.get('q') ?? '',
    trade: params.get('trade') ?? '',
    place: params.get('place') ?? '',
    village: params.get('village') ?? '',
    nature: one(NATURES, params.get('nature')),
    open: params.get('open') === '1',
    service: one(SERVICES, params.get('service')),
    facility: one(FACILITIES, params.get('facility')),
    early: params.get('early') === '1',
    standardised: params.get('standardised') === '1',
  };
}

export function writeSearch(search: Search): string {
  const params = new URLSearchParams();
  if (search.q) params.set('q', search.q);
  if (search.trade) params.set('trade', search.trade);
  if (search.place) params.set('place', search.place);
  if (search.village) params.set('village', search.village);
  if (search.nature) params.set('nature', search.nature);
  if (search.service) params.set('service', search.service);
  if (search.facility) params.set('facility', search.facility);
  for (const key of ['open', 'early', 'standardised'] as const) if (search[key]) params.set(key, '1');
  const query = params.toString();
  return query ? `?${query}` : '';
}

export function toFilter(search: Search): DirectoryFilter {
  return {
    search: search.q || null,
    trade: search.trade || null,
    division: (!isTownship(search.place) && search.place) || null,
    township: (isTownship(search.place) && search.place) || null,
    village: search.village || null,
    nature: search.nature || null,
    openNow: search.open || null,
    service: search.service || null,
    facility: search.facility || null,
    earlyOpening: search.early || null,
    standardised: search.standardised || null,
  };
}

/** The search form of the directory. Works on submit and on every choice made. */
export function searchForm(slug: string, cityCode: string, search: Search, changed: (search: Search) => void) {
  const q = textField('search', 'q', search.q, t('list.searchHint'), 60);
  const trade = textField('text', 'trade', search.trade, t('list.tradeHint'), 40);
  trade.setAttribute('list', 'trades');
  trade.addEventListener('focus', () => void fillTrades(slug));
  const village = textField('text', 'village', search.village, t('list.villageHint'), 50);
  const nature = choice('nature', t('list.natureAny'), NATURES, search.nature);
  const service = choice('service', t('list.serviceAny'), SERVICES, search.service);
  const facility = choice('facility', t('list.facilityAny'), FACILITIES, search.facility);
  const [open, early, standardised] = (['open', 'early', 'standardised'] as const).map((id) =>
    h('input', { type: 'checkbox', id, name: id, checked: search[id] }),
  ) as [HTMLInputElement, HTMLInputElement, HTMLInputElement];
  const submit = () =>
    changed({
      q: q.value.trim(),
      trade: trade.value.trim(),
      place: places.chosen(),
      village: village.value.trim(),
      nature: nature.value as Search['nature'],
      open: open.checked,
      service: service.value as Search['service'],
      facility: facility.value as Search['facility'],
      early: early.checked,
      standardised: standardised.checked,
    });
  const places = placeFields(slug, cityCode, search.place, submit);
  for (const field of [village, nature, open, trade, service, facility, early, standardised])
    field.addEventListener('change', submit);
  const { q: _, ...conditions } = search;

  return h(
    'form',
    {
      class: 'search',
      role: 'search',
      onsubmit: (event: Event) => {
        event.preventDefault();
        submit();
      },
    },
    h('label', { for: 'q' }, t('list.search')),
    h(
      'div',
      { class: 'field-go' },
      q,
      h('button', { type: 'submit', class: 'button' }, icon(ICONS.search), t('list.go')),
    ),
    h('div', { class: 'chips', role: 'group', 'aria-label': t('list.common') }, commonTrades(trade, submit)),
    h(
      'details',
      { class: 'more-filters', open: Object.values(conditions).some(Boolean) },
      h('summary', null, t('list.filters')),
      h(
        'div',
        { class: 'grid' },
        labelled(t('list.trade'), trade, h('datalist', { id: 'trades' })),
        places.fields,
        labelled(t('list.village'), village),
        labelled(t('list.nature'), nature),
        labelled(t('list.service'), service),
        labelled(t('list.facility'), facility),
        h('label', { class: 'check', for: 'open' }, open, t('list.open')),
        h('label', { class: 'check', for: 'early' }, early, t('list.early')),
        h('label', { class: 'check', for: 'standardised' }, standardised, t('list.standardised')),
      ),
    ),
  );
}

function textField(type: 'search' | 'text', id: string, value: string, placeholder: string, maxlength: number) {
  return h('input', { type, id, name: id, value, placeholder, maxlength, autocomplete: 'off' });
}

/** One value of an enum in words, or any. */
function choice<G extends 'nature' | 'service' | 'facility'>(
  group: G,
  any: string,
  values: Exclude<Search[G], ''>[],
  current: Search[G],
) {
  return h(
    'select',
    { id: group, name: group },
    h('option', { value: '' }, any),
    values.map((value) => h('option', { value, selected: value === current }, t(`${group}.${value}` as PublicKey))),
  );
}

function labelled(text: string, field: HTMLElement, ...more: HTMLElement[]) {
  return h('div', null, h('label', { for: field.id }, text), field, more);
}

/** District or county, and below it the township, once one is chosen. */
function placeFields(slug: string, cityCode: string, chosen: string, submit: () => void) {
  const place = h('select', { id: 'place', name: 'place' }, h('option', { value: '' }, t('list.placeAny')));
  const township = h('select', { id: 'township', name: 'township' });
  const townships = labelled(t('list.township'), township);
  townships.hidden = true;
  const showTownships = async (current: string) => {
    const county = place.value;
    replace(township, h('option', { value: '' }, t('list.townshipAny')));
    townships.hidden = true;
    if (!county) return;
    await fillPlaces(slug, county, township, current);
    // By then another district may have been chosen.
    townships.hidden = place.value !== county || township.options.length < 2;
  };
  void fillPlaces(slug, cityCode, place, countyOf(chosen)).then(() => showTownships(chosen));
  place.addEventListener('change', () => {
    void showTownships('');
    submit();
  });
  township.addEventListener('change', submit);
  return {
    fields: [labelled(t('list.place'), place), townships],
    chosen: () => township.value || place.value,
  };
}

/** The trades most asked for, one press each; pressed again it asks for all. */
function commonTrades(trade: HTMLInputElement, submit: () => void) {
  const chips = COMMON_TRADES.map(([name, key]) =>
    h(
      'button',
      {
        type: 'button',
        class: 'chip',
        'data-trade': name,
        'aria-pressed': String(trade.value === name),
        onclick: () => {
          trade.value = trade.value === name ? '' : name;
          for (const chip of chips) chip.setAttribute('aria-pressed', String(chip.dataset.trade === trade.value));
          submit();
        },
      },
      t(key),
    ),
  );
  return chips;
}

/** The first six digits of a division's code are those of its district or county. */
const countyOf = (code: string) => code.slice(0, 6);

export async function fillPlaces(slug: string, parent: string, select: HTMLSelectElement, current: string) {
  try {
    const { divisions } = await ask(slug, PlacesDocument, { parent });
    for (const division of divisions ?? []) {
      // A statistical zone is no place anybody stands in.
      if (division.statisticalZone) continue;
      select.append(h('option', { value: division.code, selected: division.code === current }, division.name));
    }
  } catch {
    // Without the list of districts the rest of the search still works.
  }
}

let tradesAsked = false;

export async function fillTrades(slug: string) {
  if (tradesAsked) return;
  tradesAsked = true;
  try {
    const { trades } = await ask(slug, TradeNamesDocument, {});
    const list = document.getElementById('trades');
    for (const trade of trades ?? []) {
      list?.append(h('option', { value: trade.name }, trade.aliases.join('、')));
      for (const alias of trade.aliases) list?.append(h('option', { value: alias }, trade.name));
    }
  } catch {
    tradesAsked = false;
  }
}
