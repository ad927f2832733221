import { ask } from './api';
import { h, ICONS, icon, replace } from './dom';
import { frame, waiting } from './frame';
import { CitiesDocument } from './gql/graphql';
import { prefs } from './prefs';
import { cityName, t } from './text';

/** The list of cities, from the province's endpoint. */
export async function showCities() {
  const main = frame(null, () => void showCities());
  document.title = `${t('app.name')} · ${t('app.tagline')}`;
  waiting(main);
  const { cities } = await ask('platform', CitiesDocument, {});
  const shown = (cities ?? []).filter((city) => !city.isPlatform);
  replace(
    main,
    h('p', { class: 'eyebrow' }, t('app.tagline')),
    h('h1', null, t('cities.title')),
    h('p', { class: 'lead' }, t('cities.lead')),
    h(
      'ul',
      { class: 'cities' },
      shown.map((city) =>
        h(
          'li',
          null,
          h(
            'a',
            { href: `/${city.slug}` },
            h('b', null, cityName(city)),
            prefs.language === 'zh-CN' && h('small', { lang: 'en' }, city.nameEn),
            icon(ICONS.chevron),
          ),
        ),
      ),
    ),
    h('p', { class: 'hint' }, t('cities.count', { n: shown.length })),
    h('p', null, h('a', { class: 'button quiet', href: '/platform/work' }, icon(ICONS.search), t('cities.work'))),
  );
}
