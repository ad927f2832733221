import { ask } from './api';
import { h, ICONS, icon, replace } from './dom';
import { frame, waiting } from './frame';
import { CityFrameDocument, DirectoryDocument, type DirectoryQuery } from './gql/graphql';
import { prefs } from './prefs';
import { cityName, list, placeOf, t } from './text';

type Item = NonNullable<DirectoryQuery['directory']>['edges'][number]['node'];
const PAGE = 100;
/** A city with more markets than this prints from the office's own export. */
const MARKETS_AT_MOST = 2000;

/** The whole list of a city on A4: address, hours, trades and contact, as the public list must show them. */
export async function showPrint(slug: string) {
  waiting(frame(null, () => void showPrint(slug)));
  const { city } = await ask(slug, CityFrameDocument, {});
  const markets = await all(slug);
  const main = frame(city, () => void showPrint(slug));
  const title = t('print.title', { city: cityName(city) });
  document.title = title;
  const today = new Intl.DateTimeFormat(prefs.language, { dateStyle: 'long', timeZone: 'Asia/Shanghai' }).format(
    new Date(),
  );
  replace(
    main,
    h('p', { class: 'crumb no-print' }, h('a', { href: `/${slug}` }, t('app.back'))),
    h('h1', null, title),
    h('p', { class: 'hint' }, t('print.count', { n: markets.length }), ' · ', t('print.date', { date: today })),
    h(
      'button',
      { type: 'button', class: 'button no-print', onclick: () => window.print() },
      icon(ICONS.printer),
      t('print.button'),
    ),
    h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': title }, table(markets)),
  );
}

async function all(slug: string): Promise<Item[]> {
  const items: Item[] = [];
  let after: string | null = null;
  while (items.length < MARKETS_AT_MOST) {
    const answer: DirectoryQuery = await ask(slug, DirectoryDocument, {
      first: PAGE,
      after,
      filter: null,
      orderBy: 'DIVISION',
    });
    if (!answer.directory) break;
    items.push(...answer.directory.edges.map((edge) => edge.node));
    if (!answer.directory.pageInfo.hasNextPage) break;
    after = answer.directory.pageInfo.endCursor;
  }
  return items;
}

function table(markets: Item[]) {
  const heads = ['no', 'name', 'nature', 'address', 'hours', 'trades', 'contact'] as const;
  return h(
    'table',
    null,
    h(
      'thead',
      null,
      h(
        'tr',
        null,
        heads.map((head) => h('th', { scope: 'col' }, t(`print.${head}`))),
      ),
    ),
    h(
      'tbody',
      null,
      markets.map((market, index) =>
        h(
          'tr',
          null,
          h('td', null, index + 1),
          h('th', { scope: 'row' }, market.name),
          h('td', null, t(`nature.${market.nature}`)),
          h('td', null, placeOf(market)),
          h('td', null, market.hoursText),
          h('td', null, list([...market.trades.map((trade) => trade.name), ...market.otherTrades])),
          h(
            'td',
            null,
            market.contacts.map((contact) => h('div', null, contact.phoneDisplay)),
          ),
        ),
      ),
    ),
  );
}
