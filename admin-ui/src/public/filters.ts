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
import { t } from './text';

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
const COMMON_TRADES = [
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
  const q = h('input', {
    type: 'search',
    id: 'q',
    name: 'q',
    value: search.q,
    placeholder: t('list.searchHint'),
    maxlength: 60,
    autocomplete: 'off',
  });
  const trade = h('input', {
    type: 'text',
    id: 'trade',
    name: 'trade',
    value: search.trade,
    placeholder: t('list.tradeHint'),
    list: 'trades',
    maxlength: 40,
    autocomplete: 'off',
    onfocus: () => void fillTrades(slug),
  });
  const place = h('select', { id: 'place', name: 'place' }, h('option', { value: '' }, t('list.placeAny')));
  const township = h('select', { id: 'township', name: 'township' });
  const townships = h('div', { hidden: true }, h('label', { for: 'township' }, t('list.township')), township);
  const village = h('input', {
    type: 'text',
    id: 'village',
    name: 'village',
    value: search.village,
    placeholder: t('list.villageHint'),
    maxlength: 50,
    autocomplete: 'off',
  });
  const showTownships = async (chosen: string) => {
    const county = place.value;
    replace(township, h('option', { value: '' }, t('list.townshipAny')));
    townships.hidden = true;
    if (!county) return;
    await fillPlaces(slug, county, township, chosen);
    // By then another district may have been chosen.
    townships.hidden = place.value !== county || township.options.length < 2;
  };
  void fillPlaces(slug, cityCode, place, countyOf(search.place)).then(() => showTownships(search.place));
  const nature = h(
    'select',
    { id: 'nature', name: 'nature' },
    h('option', { value: '' }, t('list.natureAny')),
    NATURES.map((value) => h('option', { value, selected: value === search.nature }, t(`nature.${value}`))),
  );
  const tick = (id: 'open' | 'early' | 'standardised') =>
    h('input', { type: 'checkbox', id, name: id, checked: search[id] });
  const [open, early, standardised] = [tick('open'), tick('early'), tick('standardised')];
  const service = h(
    'select',
    { id: 'service', name: 'service' },
    h('option', { value: '' }, t('list.serviceAny')),
    SERVICES.map((value) => h('option', { value, selected: value === search.service }, t(`service.${value}`))),
  );
  const facility = h(
    'select',
    { id: 'facility', name: 'facility' },
    h('option', { value: '' }, t('list.facilityAny')),
    FACILITIES.map((value) => h('option', { value, selected: value === search.facility }, t(`facility.${value}`))),
  );

  const submit = () =>
    changed({
      q: q.value.trim(),
      trade: trade.value.trim(),
      place: township.value || place.value,
      village: village.value.trim(),
      nature: nature.value as Search['nature'],
      open: open.checked,
      service: service.value as Search['service'],
      facility: facility.value as Search['facility'],
      early: early.checked,
      standardised: standardised.checked,
    });
  place.addEventListener('change', () => {
    void showTownships('');
    submit();
  });
  for (const field of [township, village, nature, open, trade, service, facility, early, standardised])
    field.addEventListener('change', submit);

  const chips = commonTrades(trade, submit);
  const { q: _, ...conditions } = search;
  const some = Object.values(conditions).some(Boolean);

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
    h('div', { class: 'chips', role: 'group', 'aria-label': t('list.common') }, chips),
    h(
      'details',
      { class: 'more-filters', open: Boolean(some) },
      h('summary', null, t('list.filters')),
      h(
        'div',
        { class: 'grid' },
        h('div', null, h('label', { for: 'trade' }, t('list.trade')), trade, h('datalist', { id: 'trades' })),
        h('div', null, h('label', { for: 'place' }, t('list.place')), place),
        townships,
        h('div', null, h('label', { for: 'village' }, t('list.village')), village),
        h('div', null, h('label', { for: 'nature' }, t('list.nature')), nature),
        h('div', null, h('label', { for: 'service' }, t('list.service')), service),
        h('div', null, h('label', { for: 'facility' }, t('list.facility')), facility),
        h('label', { class: 'check', for: 'open' }, open, t('list.open')),
        h('label', { class: 'check', for: 'early' }, early, t('list.early')),
        h('label', { class: 'check', for: 'standardised' }, standardised, t('list.standardised')),
      ),
    ),
  );
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

async function fillPlaces(slug: string, parent: string, select: HTMLSelectElement, current: string) {
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

async function fillTrades(slug: string) {
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
