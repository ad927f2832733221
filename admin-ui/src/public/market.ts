import { copyText } from '../copy';
import { ask, PublicFault } from './api';
import { crowdTag, openTag, whileOpen } from './directory';
import { h, ICONS, icon, replace } from './dom';
import { frame, NATIONAL_LINE, section, waiting } from './frame';
import { MarketPageDocument, type MarketPageQuery } from './gql/graphql';
import { smsLink } from './share';
import { speakButton } from './speech';
import { list, opensNext, placeOf, t } from './text';

type Market = NonNullable<MarketPageQuery['publicMarket']>;
type City = MarketPageQuery['city'];

/** One market: when it is open today, how to get there, whom to call. */
export async function showMarket(slug: string, idOrSlug: string) {
  waiting(frame(null, () => void showMarket(slug, idOrSlug)));
  const { city, publicMarket: market } = await ask(slug, MarketPageDocument, { idOrSlug });
  if (!market) throw new PublicFault('notFound', '');
  const main = frame(city, () => void showMarket(slug, idOrSlug));
  document.title = `${market.name} · ${t('app.name')}`;
  replace(
    main,
    h('p', { class: 'crumb no-print' }, h('a', { href: `/${slug}` }, t('app.back'))),
    heading(market),
    actions(slug, market, city),
    hours(market),
    way(slug, market),
    work(market),
    phones(market, city),
    transparency(market, city),
    code(slug, market),
  );
}

function heading(market: Market) {
  const crowd = whileOpen(market, market.crowd);
  const queue = whileOpen(market, market.queueNumbers);
  return h(
    'div',
    { class: 'heading' },
    h('h1', null, market.name),
    market.alias &&
      market.alias !== market.name &&
      h('p', { class: 'lead' }, t('market.alias', { alias: market.alias })),
    h(
      'p',
      { class: 'tags' },
      openTag(market),
      market.earlyOpening && h('span', { class: 'tag' }, t('market.early')),
      market.standardised && h('span', { class: 'tag' }, '✓ ', t('market.standardised')),
      market.publicInterest && h('span', { class: 'tag' }, t('market.publicInterest')),
    ),
    market.standardised && h('p', { class: 'hint' }, t('market.standardisedMeans')),
    h(
      'p',
      { class: `plain nature-${market.nature.toLowerCase()}` },
      h('b', null, t(`nature.${market.nature}`)),
      t('app.colon'),
      t(`nature.plain.${market.nature}`),
    ),
    market.operatorName && h('p', null, h('b', null, t('market.operator'), t('app.colon')), market.operatorName),
    market.licenceNo && h('p', null, h('b', null, t('market.licence'), t('app.colon')), market.licenceNo),
    crowd &&
      h(
        'p',
        { class: 'tags no-print' },
        h('b', null, t('market.crowd')),
        crowdTag(crowd.level),
        h('span', null, t('market.crowdAt', { time: clock(crowd.reportedAt) })),
      ),
    queue &&
      h(
        'p',
        { class: 'no-print' },
        h('b', null, t('market.queue'), t('app.colon')),
        t('market.queueNow', { called: queue.lastCalled, waiting: queue.waiting }),
      ),
    market.remark && h('p', null, h('b', null, t('market.remark'), t('app.colon')), market.remark),
  );
}

const clock = (at: string) =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Shanghai' }).format(
    new Date(at),
  );

function actions(slug: string, market: Market, city: City) {
  const phone = market.contacts[0];
  return h(
    'div',
    { class: 'row acts no-print' },
    phone && h('a', { class: 'button', href: `tel:${phone.phone}` }, icon(ICONS.phone), t('market.call')),
    market.mapLinks && h('a', { class: 'button', href: '#way' }, icon(ICONS.pin), t('market.way')),
    h(
      'a',
      { class: 'button', href: `/${slug}/work?market=${encodeURIComponent(market.id)}` },
      icon(ICONS.search),
      t('market.jobs'),
    ),
    speakButton(() => spoken(market, city)),
    h(
      'button',
      { type: 'button', class: 'button quiet at-desk', onclick: () => window.print() },
      icon(ICONS.printer),
      t('app.print'),
    ),
  );
}

/** What the read-aloud button says: the five things a person asks first. */
function spoken(market: Market, city: City): string {
  const trades = list([...market.trades.map((trade) => trade.name), ...market.otherTrades]);
  const phone = market.contacts[0]?.phoneDisplay;
  const crowd = whileOpen(market, market.crowd);
  return [
    market.name,
    t(market.openNow ? 'market.open' : 'market.closed'),
    opensNext(market),
    crowd && t(`crowd.${crowd.level}`),
    `${t('market.today')} ${list(market.hoursToday) || t('market.todayNone')}`,
    `${t('market.address')} ${placeOf(market)}`,
    trades && `${t('market.trades')} ${trades}`,
    phone ? `${t('market.phones')} ${phone}` : noPhone(city),
  ]
    .filter(Boolean)
    .join('。');
}

/** Whom to call where the market has no number: the line of the city, or the national one by its name. */
function noPhone({ hotline }: City): string {
  return hotline ? t('market.noPhone', { phone: hotline }) : t('market.noPhoneNational', { phone: NATIONAL_LINE });
}

function hours(market: Market) {
  return section(
    t('market.hours'),
    h('p', { class: 'big' }, h('b', null, t('market.today'), ' '), list(market.hoursToday) || t('market.todayNone')),
    h('p', null, t('market.allHours'), t('app.colon'), market.hoursText),
  );
}

/** A link to each map; `to` tells apart what a reader of a list of links hears. */
function maps(links: NonNullable<Market['mapLinks']>, to?: string) {
  return (['gaode', 'baidu', 'tencent'] as const).map((provider) => {
    const name = t(`market.map.${provider}`);
    const label = to ? { 'aria-label': `${to} ${name}` } : {};
    return h(
      'a',
      { class: 'button quiet', href: links[provider], rel: 'noopener noreferrer', target: '_blank', ...label },
      icon(ICONS.pin),
      name,
    );
  });
}

/** One way to a bay until somebody wants to go there: three buttons to each would hide the list. */
function bayWay(label: string, links: NonNullable<Market['mapLinks']>) {
  return h(
    'details',
    { class: 'go no-print' },
    h('summary', { 'aria-label': `${t('market.go')} ${label}` }, icon(ICONS.pin), t('market.go')),
    h('div', { class: 'row acts' }, maps(links, label)),
  );
}

function way(slug: string, market: Market) {
  const links = market.mapLinks;
  const address = placeOf(market);
  const shown = h('p', { class: 'big' }, address);
  const copied = h('span', { role: 'status' });
  const copy = async () => {
    copied.textContent = t((await copyText(address, shown)) ? 'market.copied' : 'market.copyByHand');
  };
  const block = section(
    t('market.way'),
    shown,
    h(
      'div',
      { class: 'row acts no-print' },
      links && maps(links),
      h('button', { type: 'button', class: 'button quiet', onclick: () => void copy() }, t('market.copy')),
      h(
        'a',
        { class: 'button quiet', href: smsLink(slug, market, location.origin) },
        icon(ICONS.message),
        t('market.sms'),
      ),
      copied,
    ),
    !links && h('p', { class: 'hint' }, t('market.noMap')),
    market.bays.length > 0 && [
      h('h3', null, t('market.bays')),
      h(
        'ul',
        null,
        market.bays.map((bay) =>
          h(
            'li',
            null,
            t('market.bay', { label: bay.label, n: bay.capacity, m: bay.maxStayMinutes }),
            bay.routeText && h('br'),
            bay.routeText,
            bay.mapLinks && bayWay(bay.label, bay.mapLinks),
          ),
        ),
      ),
    ],
  );
  block.id = 'way';
  return block;
}

function work(market: Market) {
  const none = market.trades.length + market.otherTrades.length === 0;
  return section(
    t('market.trades'),
    none && h('p', { class: 'hint' }, t('market.tradesNone')),
    !none &&
      h(
        'ul',
        { class: 'pills' },
        market.trades.map((trade) =>
          h('li', null, trade.name, trade.needsCertificate && h('small', null, t('market.certificate'))),
        ),
        market.otherTrades.map((trade) => h('li', null, trade)),
      ),
    market.services.length > 0 && [
      h('h3', null, t('market.services')),
      h(
        'ul',
        { class: 'pills' },
        market.services.map((service) => h('li', null, t(`service.${service}`))),
      ),
    ],
    market.facilities.length > 0 && [
      h('h3', null, t('market.facilities')),
      h(
        'ul',
        { class: 'pills' },
        market.facilities.map((facility) => h('li', null, t(`facility.${facility}`))),
      ),
    ],
  );
}

function phones(market: Market, city: City) {
  if (market.contacts.length === 0) {
    const line = city.hotline ?? NATIONAL_LINE;
    return section(
      t('market.phones'),
      h('p', null, h('a', { class: 'button quiet', href: `tel:${line}` }, noPhone(city))),
    );
  }
  return section(
    t('market.phones'),
    h(
      'ul',
      { class: 'phones' },
      market.contacts.map((contact) =>
        h(
          'li',
          null,
          h('span', null, contact.label),
          h('a', { class: 'button quiet', href: `tel:${contact.phone}` }, icon(ICONS.phone), contact.phoneDisplay),
        ),
      ),
    ),
  );
}

/** The transparency block; honest where nothing has been recorded yet. */
function transparency(market: Market, city: City) {
  const { hotline, complaintChannels, emptyText } = market.transparency;
  const own = hotline ?? city.hotline;
  const line = own ?? NATIONAL_LINE;
  // What the server says of a city without a line says once more that it has none; ours says whom to call instead.
  const noChannels = (own && emptyText) || t('market.noComplaint', { phone: NATIONAL_LINE });
  return section(
    t('market.transparency'),
    !own && h('p', null, t('market.noHotline')),
    h(
      'p',
      null,
      t(own ? 'market.hotline' : 'market.national'),
      t('app.colon'),
      h('a', { class: 'button quiet', href: `tel:${line}` }, line),
    ),
    complaintChannels.length > 0
      ? [
          h('h3', null, t('market.complaint')),
          h(
            'ul',
            null,
            complaintChannels.map((channel) => h('li', null, channel)),
          ),
        ]
      : h('p', { class: 'hint' }, noChannels),
  );
}

function code(slug: string, market: Market) {
  return section(
    t('market.qr'),
    h('img', {
      class: 'qr',
      src: `/${slug}/markets/${encodeURIComponent(market.id)}/qr.svg`,
      alt: t('market.qrAlt', { name: market.name }),
      width: 180,
      height: 180,
      loading: 'lazy',
    }),
  );
}
