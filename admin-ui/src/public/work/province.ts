import { ask } from '../api';
import { h, ICONS, replace } from '../dom';
import { fillPlaces } from '../filters';
import { frame, waiting } from '../frame';
import { cityName, t } from '../text';
import { line } from './cards';
import {
  ProvinceLagDocument,
  type ProvinceLagQuery,
  type ProvincePostingFilter,
  ProvinceWorkDocument,
  type ProvinceWorkQuery,
} from './gql/graphql';
import { choiceField, type Field, form, textField, unfold } from './kit';
import { cardList, pageOf } from './list';
import { at, dayAfter, dayOf, span, w, wage } from './text';
import { tradeChips } from './trades';

const PAGE = 20;
type Work = NonNullable<ProvinceWorkQuery['provincePostings']>['edges'][number]['node'];
type Lag = NonNullable<ProvinceLagQuery['provincePaces']>[number];
type Figures = Lag['channels'][number]['pace'];
type Cities = NonNullable<ProvinceLagQuery['cities']>;

/** The work of the whole province (全省招聘信息), and how long a withdrawn posting still stood there. */
export async function showProvince() {
  const draw = () => showProvince();
  const main = frame(null, draw);
  waiting(main);
  document.title = `${w('province.title')} · ${t('app.name')}`;
  const { cities, provincePaces } = await ask('platform', ProvinceLagDocument, {});
  const shown = (cities ?? []).filter((city) => !city.isPlatform);
  const search = await searchForm(shown, () => void list.again());
  const list = cardList(
    async (after) => {
      const asked = { first: PAGE, after, filter: search.filter() };
      const { provincePostings: page } = await ask('platform', ProvinceWorkDocument, asked);
      return page && pageOf(page, (work) => card(work, shown));
    },
    () => h('p', { class: 'notice' }, w('find.none')),
  );
  replace(
    main,
    h('p', { class: 'crumb' }, h('a', { href: '/' }, t('app.home'))),
    h('h1', null, w('province.title')),
    search.box,
    list.parts,
    lags(provincePaces ?? [], shown),
  );
  await list.again();
}

/** What the address holds of a search, each under its own name. */
const KEYS = ['trade', 'city', 'county', 'words', 'from', 'to'] as const;
type Search = Record<(typeof KEYS)[number], string>;

/** A county is one of its city, and a day is one; anything else in an address is nobody's wish. */
export function readProvince(query: string): Search {
  const params = new URLSearchParams(query);
  const search = Object.fromEntries(KEYS.map((key) => [key, params.get(key) ?? ''])) as Search;
  for (const key of ['from', 'to'] as const) if (!/^\d{4}-\d\d-\d\d$/.test(search[key])) search[key] = '';
  return search.city ? search : { ...search, county: '' };
}

export function writeProvince(search: Search): string {
  const params = new URLSearchParams();
  for (const key of KEYS) if (search[key]) params.set(key, search[key]);
  const query = params.toString();
  return query && `?${query}`;
}

/** Whole days of Shanxi: the last one with its evening. */
export function toProvinceFilter({ from, to, words, ...where }: Search): ProvincePostingFilter {
  return {
    trade: where.trade || null,
    city: where.city || null,
    county: where.county || null,
    search: words || null,
    from: from ? at(from, '00:00') : null,
    to: to ? at(dayAfter(to), '00:00') : null,
  };
}

/** A city has its counties; the whole province has too many to choose from. */
function countyField(city: Field) {
  const field = choiceField('county', w('province.county'), [], { required: false });
  const fill = async (chosen: string) => {
    const asked = city.value();
    field.box.hidden = !asked;
    replace(field.control, h('option', { value: '' }, t('list.placeAny')));
    if (!asked) return;
    const found = h('select');
    await fillPlaces('platform', asked, found, chosen);
    // By then another city may have been chosen.
    if (asked !== city.value()) return;
    const known = found.value === chosen;
    field.control.append(...found.children);
    // A select that loses the option it shows shows the next one, which comes along as chosen.
    field.set(known ? chosen : '');
  };
  return { ...field, fill };
}

async function searchForm(cities: Cities, changed: () => void) {
  const said = readProvince(location.search);
  const trade = textField({ name: 'trade', label: t('list.trade'), value: said.trade, maxlength: 40 });
  const city = choiceField(
    'city',
    w('province.city'),
    [['', w('province.any')] as const, ...cities.map((one) => [one.code, cityName(one)] as const)],
    { value: said.city, required: false, onchange: () => void county.fill('') },
  );
  const county = countyField(city);
  const words = textField({ name: 'words', label: w('province.words'), value: said.words, maxlength: 40 });
  const [from, to] = (['from', 'to'] as const).map((name) =>
    textField({ name, label: w(`province.${name}`), type: 'date', value: said[name], min: dayOf(new Date()) }),
  ) as [Field, Field];
  let search = said;
  const go = () => {
    const fields = { trade, city, county, words, from, to };
    search = Object.fromEntries(KEYS.map((key) => [key, fields[key].value()])) as Search;
    history.replaceState(null, '', `/platform/work${writeProvince(search)}`);
    changed();
  };
  const input = trade.box.querySelector('input') as HTMLInputElement;
  const chips = { class: 'chips', role: 'group', 'aria-label': t('list.common') };
  const rest = [county, words, from, to];
  const more = unfold(
    t('list.filters'),
    h(
      'div',
      { class: 'grid' },
      rest.map((field) => field.box),
    ),
  );
  more.open = Boolean(said.county || said.words || said.from || said.to);
  const box = form(
    () => [trade, city, ...rest],
    [trade.box, h('div', chips, tradeChips(input, { chosen: go })), city.box, more],
    t('list.go'),
    async () => {
      go();
      return null;
    },
  );
  box.classList.add('search');
  for (const part of [city.box, more]) part.addEventListener('change', go);
  // What an address says is there before it can be overwritten.
  await county.fill(said.county);
  return { box, filter: () => toProvinceFilter(search) };
}

/** The way on is the posting in its own city. */
function card(work: Work, cities: Cities) {
  const city = cities.find(({ code }) => code === work.city);
  return h(
    'article',
    { class: 'card' },
    h('h2', null, work.title),
    h('p', { class: 'wage' }, wage(work), ' ', h('small', null, w(`payDay.${work.payDay}`))),
    h(
      'p',
      { class: 'tags' },
      city && h('span', { class: 'tag' }, cityName(city)),
      h('span', { class: 'tag' }, w('province.places', { n: work.headcount })),
      work.instant && h('span', { class: 'tag open' }, w('find.instant')),
    ),
    line(ICONS.clock, span(work.startsAt, work.endsAt)),
    line(ICONS.pin, work.place, work.market && [h('br'), work.market]),
    h('p', { class: 'trades' }, work.hiringParty),
    city &&
      h(
        'div',
        { class: 'row' },
        h(
          'a',
          {
            class: 'button wrap',
            href: `/${city.slug}/work/${encodeURIComponent(work.postingId)}`,
            'aria-label': `${w('province.go', { city: cityName(city) })}${t('app.colon')}${work.title}`,
          },
          w('province.go', { city: cityName(city) }),
        ),
      ),
  );
}

/** Measured, not promised: how long a withdrawn posting still stood in the province's list, and on each city's own channels. */
function lags(paces: readonly Lag[], cities: Cities) {
  const name = (code: string) => {
    const city = cities.find((one) => one.code === code);
    return city ? cityName(city) : code;
  };
  return h(
    'section',
    { class: 'block' },
    h('h2', null, w('lag.title')),
    h('p', { class: 'hint' }, w('lag.means')),
    paces.length === 0 && h('p', null, w('lag.none')),
    paces.length > 0 &&
      h(
        'dl',
        { class: 'facts' },
        paces.map(({ city, pace, channels }) =>
          h(
            'div',
            null,
            h('dt', null, name(city)),
            h(
              'dd',
              null,
              figures(pace),
              channels
                .filter((one) => one.kind !== 'PROVINCE' && hasWithdrawn(one.pace))
                .map((one) => h('div', { class: 'hint' }, one.title, t('app.colon'), figures(one.pace))),
            ),
          ),
        ),
      ),
  );
}

const hasWithdrawn = (pace: Figures) => pace.withdrawing > 0 || pace.withdrawnMedianSeconds !== null;

function figures(pace: Figures): string {
  const said: string[] = [];
  if (pace.withdrawnMedianSeconds !== null) {
    const median = seconds(pace.withdrawnMedianSeconds);
    const [p95, longest] = [seconds(pace.withdrawnP95Seconds), seconds(pace.withdrawnLongestSeconds)];
    said.push(w('lag.figures', { median, p95, longest }));
  }
  if (pace.withdrawing > 0) said.push(w('lag.waiting', { n: pace.withdrawing }));
  return said.join(' · ') || w('lag.unknown');
}

function seconds(n: number | null): string {
  if (n === null) return '–';
  return n < 120 ? w('seconds', { n }) : w('minutes', { n: Math.round(n / 60) });
}
