import type { MarketPageQuery } from './gql/graphql';
import { list, placeOf, t } from './text';

type Shared = Pick<
  NonNullable<MarketPageQuery['publicMarket']>,
  'id' | 'slug' | 'name' | 'divisionName' | 'address' | 'hoursToday' | 'contacts'
>;

/** A message ready to be sent to somebody whose telephone opens no pages: what they need stands in its text. */
export function smsLink(city: string, market: Shared, origin: string): string {
  const line = (label: string, text: string) => `${label}${t('app.colon')}${text}`;
  const phone = market.contacts[0]?.phoneDisplay;
  const text = [
    market.name,
    line(t('market.address'), placeOf(market)),
    market.hoursToday.length > 0 ? line(t('market.today'), list(market.hoursToday)) : t('market.todayNone'),
    ...(phone ? [line(t('market.phones'), phone)] : []),
    `${origin}/${city}/markets/${encodeURIComponent(market.slug || market.id)}`,
  ];
  return `sms:?body=${encodeURIComponent(text.join('\n'))}`;
}
