import { ask } from '../api';
import { h, ICONS, replace } from '../dom';
import { frame, waiting } from '../frame';
import { cityName, t } from '../text';
import { line } from './cards';
import {
  ProvinceLagDocument,
  type ProvinceLagQuery,
  ProvinceWorkDocument,
  type ProvinceWorkQuery,
} from './gql/graphql';
import { choiceField, form, textField } from './kit';
import { cardList, pageOf } from './list';
import { span, w, wage } from './text';
import { tradeChips } from './trades';

const PAGE = 20;
type Work = NonNullable<ProvinceWorkQuery['provincePostings']>['edges'][number]['node'];
type Lag = NonNullable<ProvinceLagQuery['provincePaces']>[number];
type Cities = NonNullable<ProvinceLagQuery['cities']>;

/** The work of the whole province (全省招聘信息), and how long a withdrawn posting still stood there. */
export async function showProvince() {
  const draw = () => showProvince();
  const main = frame(null, draw);
  waiting(main);
  document.title = `${w('province.title')} · ${t('app.name')}`;
  const { cities, provincePaces } = await ask('platform', ProvinceLagDocument, {});
  const shown = (cities ?? []).filter((city) => !city.isPlatform);
  const search = searchForm(shown, () => void list.again());
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

function searchForm(cities: Cities, changed: () => void) {
  const params = new URLSearchParams(location.search);
  const trade = textField({ name: 'trade', label: t('list.trade'), value: params.get('trade') ?? '', maxlength: 40 });
  const city = choiceField(
    'city',
    w('province.city'),
    [['', w('province.any')] as const, ...cities.map((one) => [one.code, cityName(one)] as const)],
    { value: params.get('city') ?? '', required: false, onchange: () => go() },
  );
  const go = () => {
    const said = new URLSearchParams();
    if (trade.value()) said.set('trade', trade.value());
    if (city.value()) said.set('city', city.value());
    const query = said.toString();
    history.replaceState(null, '', `/platform/work${query && `?${query}`}`);
    changed();
  };
  const input = trade.box.querySelector('input') as HTMLInputElement;
  const chips = { class: 'chips', role: 'group', 'aria-label': t('list.common') };
  const box = form(
    () => [trade, city],
    [trade.box, h('div', chips, tradeChips(input, { chosen: go })), city.box],
    t('list.go'),
    async () => {
      go();
      return null;
    },
  );
  box.classList.add('search');
  return { box, filter: () => ({ trade: trade.value() || null, city: city.value() || null }) };
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
