import { useT, useTerm } from '../../app/i18n';
import type { HoursInput, MarketInput } from '../../gql/graphql';
import { useFormat } from '../../kit/format';
import type { Field } from './compared';
import { isWholeYear } from './values';

type Contact = MarketInput['contacts'][number];
type Figure = NonNullable<MarketInput['seekerScale']>;
type Point = NonNullable<MarketInput['address']['point']>;
const GROUPS: Partial<Record<Field, string>> = {
  aliasBasis: 'basis',
  nature: 'nature',
  operatorKind: 'operator',
  layout: 'layout',
};

/** Opening hours in words. */
export function useHoursText() {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  return (hours: Pick<HoursInput, 'season' | 'fromMonth' | 'toMonth' | 'weekdays' | 'opens' | 'closes'>) => {
    const { fromMonth: from, toMonth: to } = hours;
    const months = from && to && !isWholeYear(hours) ? t('hours.months', { from, to }) : '';
    const days =
      hours.weekdays.length === 7 ? t('hours.daily') : format.list(hours.weekdays.map((day) => term('weekday', day)));
    const closes = hours.closes.startsWith('+')
      ? t('hours.nextDayShort', { time: hours.closes.slice(1) })
      : hours.closes;
    return `${term('season', hours.season)}${months} ${days} ${hours.opens}—${closes}`;
  };
}

/** Any field of a market in words, for two versions to be laid side by side. */
export function useShown(names: { division: Record<string, string>; trade: Record<string, string> }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const hoursText = useHoursText();
  return (field: Field, value: unknown): string => {
    if (value === null || value === undefined || value === '') return t('conflict.empty');
    const group = GROUPS[field];
    if (group) return term(group, value as string);
    switch (field) {
      case 'publicInterest':
        return t(value ? 'choice.yes' : 'choice.no');
      case 'address.division':
        return names.division[value as string] ?? (value as string);
      case 'address.point': {
        const point = value as Point;
        return `${point.lat}, ${point.lng} (${term('crs', point.crs)})`;
      }
      case 'hours':
        return format.lines((value as HoursInput[]).map(hoursText)) || t('conflict.empty');
      case 'trades':
        return format.list((value as string[]).map((code) => names.trade[code] ?? code)) || t('conflict.empty');
      case 'contacts':
        return format.lines((value as Contact[]).map((c) => `${c.label} ${c.phone}`)) || t('conflict.empty');
      case 'services':
        return format.list((value as string[]).map((s) => term('service', s))) || t('conflict.empty');
      case 'seekerScale':
      case 'dailySuccesses': {
        const figure = value as Figure;
        const span = figure.low === figure.high ? String(figure.low) : `${figure.low}-${figure.high}`;
        return `${figure.approximate ? t('figure.about') : ''}${span}（${term('method', figure.method)}，${figure.asOf}）`;
      }
      default:
        return String(value);
    }
  };
}
