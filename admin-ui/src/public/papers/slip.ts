import { ask } from '../api';
import { h, replace } from '../dom';
import { frame, waiting } from '../frame';
import { CityFrameDocument } from '../gql/graphql';
import { cityName, t } from '../text';
import { p } from './text';

/** The code of a registration slip (登记凭证) was scanned with a telephone: what it is for, and nothing of whose it is. */
export async function showSlip(slug: string) {
  const draw = () => showSlip(slug);
  waiting(frame(null, draw));
  const { city } = await ask(slug, CityFrameDocument, {});
  const main = frame(city, draw);
  document.title = `${p('slip.title')} · ${t('app.name')}`;
  replace(
    main,
    h('h1', null, p('slip.title')),
    h('p', { class: 'big' }, p('slip.counter', { city: cityName(city) })),
    h('p', { class: 'notice' }, p('slip.private')),
    h('p', null, p('slip.own')),
    h('a', { class: 'button wide', href: `/${slug}/me` }, p('slip.me')),
    h('p', null, h('a', { class: 'button quiet wide', href: `/${slug}` }, p('slip.markets'))),
    h('p', { class: 'hint' }, p('slip.lost')),
  );
}
