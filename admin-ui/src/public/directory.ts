import { ask, PublicFault } from './api';
import { append, h, ICONS, icon, replace } from './dom';
import { readSearch, type Search, searchForm, toFilter, writeSearch } from './filters';
import { frame, trouble, waiting } from './frame';
import {
  CityFrameDocument,
  type CrowdLevel,
  DirectoryDocument,
  type DirectoryQuery,
  type NearInput,
  PlacedDocument,
} from './gql/graphql';
import { nearBox } from './near';
import { cityName, distance, list, opensNext, placeOf, t } from './text';

const PAGE = 20;
/** The widest search there is: no city of the province reaches that far. */
const WHOLE_CITY = 200_000;
type Listing = NonNullable<DirectoryQuery['directory']>;
type Item = Listing['edges'][number]['node'];

/** A city's directory of odd-job markets (零工市场名录). */
export async function showDirectory(slug: string) {
  const first = frame(null, () => void showDirectory(slug));
  waiting(first);
  const { city } = await ask(slug, CityFrameDocument, {});
  const main = frame(city, () => void showDirectory(slug));
  const title = t('list.title', { city: cityName(city) });
  document.title = `${title} · ${t('app.name')}`;

  let search = readSearch(location.search);
  let near: NearInput | null = null;
  const count = h('p', { class: 'count', role: 'status' });
  const results = h('ol', { class: 'cards' });
  const left = h('p', { class: 'hint', role: 'status' });
  const tail = h('div', { class: 'tail' });
  let asked = 0;

  const load = async (after: string | null) => {
    const turn = ++asked;
    count.textContent = t('app.loading');
    try {
      const answer = await ask(slug, DirectoryDocument, {
        first: PAGE,
        after,
        filter: { ...toFilter(search), near },
        orderBy: near ? 'DISTANCE' : 'NAME',
      });
      // A slower, older answer must not overwrite what was asked for last.
      if (turn !== asked || !answer.directory) return;
      show(answer.directory, after !== null);
      if (after === null) await unplaced(turn);
    } catch (fault) {
      if (turn !== asked) return;
      const message =
        fault instanceof PublicFault && fault.message ? t('app.refused', { message: fault.message }) : t('app.offline');
      count.textContent = '';
      trouble(tail, message, () => void load(after));
    }
  };

  /** Says how many stand nowhere on the map: they are in no order of distance, and nobody would miss them. */
  const unplaced = async (turn: number) => {
    replace(left);
    const here = near;
    if (!here) return;
    const filter = toFilter(search);
    const answer = await ask(slug, PlacedDocument, {
      filter,
      near: { ...filter, near: { ...here, radiusMetres: WHOLE_CITY } },
    }).catch(() => null);
    const n = (answer?.all?.totalCount ?? 0) - (answer?.placed?.totalCount ?? 0);
    if (turn !== asked || n <= 0) return;
    replace(
      left,
      t('near.unplaced', { n }),
      ' ',
      h('a', { class: 'button quiet', href: `/${slug}${writeSearch(search)}` }, t('near.unplacedAll')),
    );
  };

  const show = (listing: Listing, appended: boolean) => {
    const nodes = listing.edges.map((edge) => edge.node);
    const cards = nodes.map((node) => h('li', null, card(slug, node)));
    const before = appended ? results.children.length : 0;
    if (!appended) results.replaceChildren();
    append(results, cards);
    const shown = before + nodes.length;
    const total = listing.totalCount;
    count.textContent = total === null ? t('list.foundSome', { n: shown }) : t('list.found', { n: total });
    replace(tail);
    if (shown === 0) append(tail, [nothing()]);
    if (listing.pageInfo.hasNextPage) {
      const more = total === null ? PAGE : Math.min(PAGE, total - shown);
      append(tail, [
        h(
          'button',
          { type: 'button', class: 'button wide', onclick: () => void load(listing.pageInfo.endCursor) },
          t('list.more', { n: more }),
        ),
      ]);
    }
    if (appended) cards[0]?.querySelector('a')?.focus();
  };

  const nothing = () =>
    h(
      'div',
      { class: 'notice' },
      h('h2', null, t('list.none')),
      h('p', null, t('list.noneHelp')),
      h('a', { class: 'button', href: `/${slug}` }, t('list.clear')),
    );

  const changed = (next: Search) => {
    search = next;
    history.replaceState(null, '', `/${slug}${writeSearch(search)}`);
    void load(null);
  };

  replace(
    main,
    h('h1', null, title),
    searchForm(slug, city.code, search, changed),
    h(
      'div',
      { class: 'row' },
      nearBox(
        () => near !== null,
        (value) => {
          near = value;
          void load(null);
        },
      ),
      h('a', { class: 'button quiet at-desk', href: `/${slug}/print` }, icon(ICONS.printer), t('list.printAll')),
    ),
    count,
    left,
    results,
    tail,
  );
  await load(null);
}

function card(slug: string, market: Item) {
  const crowd = whileOpen(market, market.crowd);
  const href = `/${slug}/markets/${encodeURIComponent(market.slug || market.id)}`;
  const phone = market.contacts[0];
  return h(
    'article',
    { class: 'card' },
    h('h2', null, h('a', { href }, market.name)),
    h(
      'p',
      { class: 'tags' },
      openTag(market),
      crowd && crowdTag(crowd.level),
      market.earlyOpening && h('span', { class: 'tag' }, t('market.early')),
      h('span', { class: `tag nature-${market.nature.toLowerCase()}` }, t(`nature.${market.nature}`)),
      market.distanceMetres !== null && h('span', { class: 'tag' }, distance(market.distanceMetres)),
    ),
    h(
      'p',
      { class: 'line' },
      icon(ICONS.clock),
      h('span', null, h('b', null, t('market.today'), ' '), list(market.hoursToday) || t('market.todayNone')),
    ),
    h('p', { class: 'line' }, icon(ICONS.pin), h('span', null, placeOf(market))),
    (market.trades.length > 0 || market.otherTrades.length > 0) &&
      h('p', { class: 'trades' }, [...market.trades.map((trade) => trade.name), ...market.otherTrades].join(' · ')),
    h(
      'div',
      { class: 'row' },
      phone &&
        h(
          'a',
          {
            class: 'button',
            href: `tel:${phone.phone}`,
            'aria-label': `${t('market.callTo', { label: market.name })} ${phone.phoneDisplay}`,
          },
          icon(ICONS.phone),
          phone.phoneDisplay,
        ),
      h(
        'a',
        { class: 'button quiet', href, 'aria-label': `${t('market.details')}: ${market.name}` },
        t('market.details'),
      ),
    ),
  );
}

/** Open or closed, in words and shape: colour alone tells nobody anything. Not on paper, which is read at another hour. */
export function openTag(market: { openNow: boolean; hoursText: string }) {
  const open = market.openNow;
  const next = opensNext(market);
  return [
    h(
      'span',
      { class: open ? 'tag open no-print' : 'tag closed no-print' },
      open ? '● ' : '○ ',
      t(open ? 'market.open' : 'market.closed'),
    ),
    next && h('span', { class: 'tag no-print' }, next),
  ];
}

/** What was said of how things stand there: of now only while it is open, whatever time was given to it. */
export function whileOpen<S>(market: { openNow: boolean }, said: S): S | null {
  return market.openNow ? said : null;
}

/** How full it is, as its staff said a while ago; one, two or three dots beside the words. */
export function crowdTag(level: CrowdLevel) {
  const dots = { NORMAL: '●○○ ', BUSY: '●●○ ', FULL: '●●● ' }[level];
  return h(
    'span',
    { class: `tag crowd-${level.toLowerCase()} no-print` },
    h('span', { 'aria-hidden': 'true' }, dots),
    t(`crowd.${level}`),
  );
}
