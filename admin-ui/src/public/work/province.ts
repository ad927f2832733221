import { ask } from '../api';
import { append, h, ICONS, replace } from '../dom';
import { frame, trouble, waiting } from '../frame';
import { cityName, t } from '../text';
import { faultText } from './act';
import { line } from './cards';
import { moreButton } from './find';
import {
  ProvinceLagDocument,
  type ProvinceLagQuery,
  ProvinceWorkDocument,
  type ProvinceWorkQuery,
} from './gql/graphql';
import { choiceField, form, textField } from './kit';
import { span, w, wage } from './text';
import { tradeChips } from './trades';

const PAGE = 20;
type Work = NonNullable<ProvinceWorkQuery['provincePostings']>['edges'][number]['node'];
type Lag = NonNullable<ProvinceLagQuery['provincePaces']>[number];
type Cities = NonNullable<ProvinceLagQuery['cities']>;

/** The work of the whole province (全省招聘信息), and how long a withdrawn posting still stood there. */
export async function showProvince() {
  const draw = () => void showProvince();
  const main = frame(null, draw);
  waiting(main);
  document.title = `${w('province.title')} · ${t('app.name')}`;
  const { cities, provincePaces, trades } = await ask('platform', ProvinceLagDocument, {});
  const names = new Map((trades ?? []).map((one) => [one.code, one.name]));
  const shown = (cities ?? []).filter((city) => !city.isPlatform);
  const results = h('ol', { class: 'cards' });
  const tail = h('div', { class: 'tail' });
  const count = h('p', { class: 'count', role: 'status' });
  const params = new URLSearchParams(location.search);
  const trade = textField({ name: 'trade', label: t('list.trade'), value: params.get('trade') ?? '', maxlength: 40 });
  const city = choiceField(
    'city',
    w('province.city'),
    [['', w('province.any')] as const, ...shown.map((one) => [one.code, cityName(one)] as const)],
    { value: params.get('city') ?? '', required: false, onchange: () => go() },
  );
  let asked = 0;
  const load = async (after: string | null) => {
    const turn = ++asked;
    count.textContent = t('app.loading');
    try {
      const filter = { trade: trade.value() || null, city: city.value() || null };
      const { provincePostings: page } = await ask('platform', ProvinceWorkDocument, { first: PAGE, after, filter });
      if (turn !== asked || !page) return;
      if (after === null) results.replaceChildren();
      const cards = page.edges.map(({ node }) => h('li', null, card(node, shown, names.get(node.trade) ?? node.trade)));
      append(results, cards);
      count.textContent = w('find.shown', { n: results.children.length });
      replace(tail);
      if (results.children.length === 0) append(tail, [h('p', { class: 'notice' }, w('find.none'))]);
      if (page.pageInfo.hasNextPage) append(tail, [moreButton(() => void load(page.pageInfo.endCursor))]);
      if (after !== null) cards[0]?.querySelector('a')?.focus();
    } catch (fault) {
      if (turn !== asked) return;
      count.textContent = '';
      trouble(tail, faultText(fault), () => void load(after));
    }
  };
  const go = () => {
    const said = new URLSearchParams();
    if (trade.value()) said.set('trade', trade.value());
    if (city.value()) said.set('city', city.value());
    history.replaceState(null, '', `/platform/work${said.size > 0 ? `?${said}` : ''}`);
    void load(null);
  };
  const input = trade.box.querySelector('input') as HTMLInputElement;
  const search = form(
    () => [trade, city],
    [
      trade.box,
      h('div', { class: 'chips', role: 'group', 'aria-label': t('list.common') }, tradeChips(input, { chosen: go })),
      city.box,
    ],
    t('list.go'),
    async () => {
      go();
      return null;
    },
  );
  search.classList.add('search');
  replace(
    main,
    h('p', { class: 'crumb' }, h('a', { href: '/' }, t('app.home'))),
    h('h1', null, w('province.title')),
    search,
    count,
    results,
    tail,
    lags(provincePaces ?? [], shown),
  );
  await load(null);
}

/** The province knows a posting by an id of its own: the way on is the city's list of that trade. */
function card(work: Work, cities: Cities, trade: string) {
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
            href: `/${city.slug}/work?trade=${encodeURIComponent(trade)}`,
            'aria-label': `${w('province.go', { city: cityName(city) })}${t('app.colon')}${work.title}`,
          },
          w('province.go', { city: cityName(city) }),
        ),
      ),
  );
}

/** Measured, not promised: how long a withdrawn posting still stood in the province's list, over thirty days. */
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
        paces.map(({ city, pace }) =>
          h(
            'div',
            null,
            h('dt', null, name(city)),
            h(
              'dd',
              null,
              pace.withdrawnMedianSeconds === null
                ? w('lag.unknown')
                : w('lag.figures', {
                    median: seconds(pace.withdrawnMedianSeconds),
                    p95: seconds(pace.withdrawnP95Seconds),
                    longest: seconds(pace.withdrawnLongestSeconds),
                  }),
              pace.withdrawing > 0 && ` · ${w('lag.waiting', { n: pace.withdrawing })}`,
            ),
          ),
        ),
      ),
  );
}

function seconds(n: number | null): string {
  if (n === null) return '–';
  return n < 120 ? w('seconds', { n }) : w('minutes', { n: Math.round(n / 60) });
}
