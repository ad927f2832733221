import { ask } from '../api';
import { h, ICONS, icon, replace } from '../dom';
import { frame, waiting } from '../frame';
import { CityFrameDocument, type NearInput } from '../gql/graphql';
import { nearBox } from '../near';
import { cityName, t } from '../text';
import { postingCard, rememberDistances } from './cards';
import { FindWorkDocument, type OpenPostingFilter, type OpenPostingOrder } from './gql/graphql';
import { choiceField, textField, unfold } from './kit';
import { cardList, pageOf } from './list';
import { at, dayOf, w } from './text';
import { tradeChips } from './trades';

const PAGE = 20;
const DAYS = ['any', 'today', 'tomorrow', 'week'] as const;

/** What the address holds of a search; never where somebody is. */
interface Search {
  trade: string;
  day: (typeof DAYS)[number];
  order: 'START' | 'WAGE';
  market: string;
  instant: boolean;
  plain: boolean;
}

function readSearch(query: string): Search {
  const params = new URLSearchParams(query);
  const day = params.get('day') as Search['day'];
  return {
    trade: params.get('trade') ?? '',
    day: DAYS.includes(day) ? day : 'any',
    order: params.get('order') === 'WAGE' ? 'WAGE' : 'START',
    market: params.get('market') ?? '',
    instant: params.get('instant') === '1',
    plain: params.get('plain') === '1',
  };
}

function writeSearch(search: Search): string {
  const params = new URLSearchParams();
  if (search.trade) params.set('trade', search.trade);
  if (search.day !== 'any') params.set('day', search.day);
  if (search.order !== 'START') params.set('order', search.order);
  if (search.market) params.set('market', search.market);
  for (const key of ['instant', 'plain'] as const) if (search[key]) params.set(key, '1');
  const query = params.toString();
  return query ? `?${query}` : '';
}

/** Days of Shanxi, from its midnight to the next. */
function within(day: Search['day'], now = new Date()): Pick<OpenPostingFilter, 'from' | 'to'> {
  if (day === 'any') return {};
  const midnight = (days: number) => at(dayOf(new Date(now.getTime() + days * 86_400_000)), '00:00');
  const [from, to] = { today: [0, 1], tomorrow: [1, 2], week: [0, 7] }[day] as [number, number];
  return { from: midnight(from), to: midnight(to) };
}

function toFilter(search: Search, near: NearInput | null): OpenPostingFilter {
  return {
    ...within(search.day),
    trade: search.trade || null,
    marketId: search.market || null,
    instant: search.instant || null,
    withoutCertificate: search.plain || null,
    near,
  };
}

/** Work near me (找活): by trade, distance, wage and time. */
export async function showFind(slug: string) {
  const draw = () => showFind(slug);
  waiting(frame(null, draw));
  const { city } = await ask(slug, CityFrameDocument, {});
  const main = frame(city, draw);
  const title = w('find.title', { city: cityName(city) });
  document.title = `${title} · ${t('app.name')}`;
  let search = readSearch(location.search);
  let near: NearInput | null = null;
  const list = cardList(
    async (after) => {
      const orderBy: OpenPostingOrder = near && search.order === 'START' ? 'DISTANCE' : search.order;
      const asked = { first: PAGE, after, filter: toFilter(search, near), orderBy };
      const { openPostings: page } = await ask(slug, FindWorkDocument, asked);
      if (page) rememberDistances(page.edges.map((edge) => edge.node));
      return page && pageOf(page, (work) => postingCard(slug, work));
    },
    () => nothing(slug),
  );
  const changed = (next: Search) => {
    search = next;
    history.replaceState(null, '', `/${slug}/work${writeSearch(search)}`);
    void list.again();
  };
  const byDistance = nearBox(
    () => near !== null,
    (value) => {
      near = value;
      void list.again();
    },
  );
  replace(
    main,
    h('h1', null, title),
    search.market && oneMarket(slug),
    searchForm(() => search, changed),
    h('div', { class: 'row' }, byDistance),
    list.parts,
  );
  await list.again();
}

const oneMarket = (slug: string) =>
  h(
    'p',
    { class: 'notice' },
    w('find.oneMarket'),
    ' ',
    h('a', { class: 'button quiet', href: `/${slug}/work` }, w('find.everywhere')),
  );

const nothing = (slug: string) =>
  h(
    'div',
    { class: 'notice' },
    h('h2', null, w('find.none')),
    h('p', null, w('find.noneHelp')),
    h('a', { class: 'button', href: `/${slug}/work` }, t('list.clear')),
    ' ',
    h('a', { class: 'button quiet', href: `/${slug}` }, w('find.markets')),
  );

function searchForm(search: () => Search, changed: (search: Search) => void) {
  const go = () => changed(read());
  const trade = textField({ name: 'trade', label: t('list.trade'), value: search().trade, maxlength: 40 });
  trade.box.querySelector('small')?.remove();
  const day = choiceField(
    'day',
    w('find.day'),
    DAYS.map((key) => [key, w(`find.day.${key}`)] as const),
    { value: search().day, onchange: go },
  );
  const order = choiceField(
    'order',
    w('find.order'),
    (['START', 'WAGE'] as const).map((key) => [key, w(`find.order.${key}`)] as const),
    { value: search().order, onchange: go },
  );
  const [instant, plain] = (['instant', 'plain'] as const).map((id) =>
    h('input', { type: 'checkbox', id, checked: search()[id], onchange: go }),
  ) as [HTMLInputElement, HTMLInputElement];
  const read = (): Search => ({
    trade: trade.value(),
    day: day.value() as Search['day'],
    order: order.value() as Search['order'],
    market: search().market,
    instant: instant.checked,
    plain: plain.checked,
  });
  const input = trade.box.querySelector('input') as HTMLInputElement;
  return h(
    'form',
    {
      class: 'search',
      role: 'search',
      onsubmit: (event: Event) => {
        event.preventDefault();
        go();
      },
    },
    h('label', { for: input.id }, t('list.trade')),
    h(
      'div',
      { class: 'field-go' },
      input,
      h('button', { type: 'submit', class: 'button' }, icon(ICONS.search), t('list.go')),
    ),
    h('div', { class: 'chips', role: 'group', 'aria-label': t('list.common') }, tradeChips(input, { chosen: go })),
    unfold(
      t('list.filters'),
      h(
        'div',
        { class: 'grid' },
        day.box,
        order.box,
        h('label', { class: 'check', for: 'instant' }, instant, w('find.onlyInstant')),
        h('label', { class: 'check', for: 'plain' }, plain, w('find.onlyPlain')),
      ),
    ),
  );
}
