import type { FigureInput, HoursInput, MarketFormFragment, MarketInput } from '../../gql/graphql';
import { today } from '../../kit/format';

/** Hours as they are typed: a closing time, and whether it is past midnight. */
export interface HoursValue extends Omit<HoursInput, 'closes'> {
  closes: string;
  nextDay?: boolean;
}

export interface MarketValues extends Omit<MarketInput, 'hours' | 'address' | 'seekerScale' | 'dailySuccesses'> {
  address: {
    division?: string;
    text?: string;
    village?: string | null;
    villageCode?: string | null;
    point?: { lat?: number | null; lng?: number | null; crs?: string | null };
  };
  hours: HoursValue[];
  seekerScale?: Partial<FigureInput> | null;
  dailySuccesses?: Partial<FigureInput> | null;
  planned?: boolean;
}

export const EMPTY: Partial<MarketValues> = {
  aliasBasis: 'OFFICIAL',
  publicInterest: false,
  address: {},
  hours: [],
  trades: [],
  contacts: [],
  services: [],
};

export const ALL_DAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;

/** `４：３０` and `4:30` are `04:30`. */
export function tidyTime(typed: string | null | undefined): string {
  const text = (typed ?? '')
    .trim()
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[：.点]/g, ':');
  const match = /^(\d{1,2}):?(\d{2})?$/.exec(text);
  if (!match?.[1]) return text;
  return `${match[1].padStart(2, '0')}:${match[2] ?? '00'}`;
}

export const isTime = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text);

export function hoursToInput({ nextDay, ...hours }: HoursValue): HoursInput {
  const closes = tidyTime(hours.closes);
  return {
    ...hours,
    fromMonth: hours.fromMonth ?? null,
    toMonth: hours.toMonth ?? null,
    opens: tidyTime(hours.opens),
    closes: nextDay ? `+${closes}` : closes,
  };
}

/** All year and every month of it: the months are then not asked for. The server answers 1 and 12 for it. */
export function isWholeYear({ season, fromMonth, toMonth }: Pick<HoursInput, 'season' | 'fromMonth' | 'toMonth'>) {
  return season === 'ALL_YEAR' && (fromMonth ?? 1) === 1 && (toMonth ?? 12) === 12;
}

export function hoursFrom(hours: MarketFormFragment['hours'][number]): HoursValue {
  const { season, weekdays, opens, closes } = hours;
  return {
    season,
    ...(isWholeYear(hours) ? { fromMonth: null, toMonth: null } : pick(hours, ['fromMonth', 'toMonth'])),
    weekdays,
    opens,
    closes: closes.replace('+', ''),
    nextDay: closes.startsWith('+'),
  };
}

function figureToInput(figure: Partial<FigureInput> | null | undefined): FigureInput | null {
  if (!figure || (figure.low ?? null) === null) return null;
  const low = figure.low as number;
  const method = figure.method ?? 'DECLARED';
  return {
    low,
    high: figure.high ?? low,
    approximate: figure.approximate ?? false,
    method,
    overrideReason: method === 'OVERRIDE' ? (figure.overrideReason ?? null) : null,
    asOf: figure.asOf || today(),
  };
}

const orNull = (text: string | null | undefined) => text?.trim() || null;

/** What is typed, as the API takes it. */
export function toMarketInput(values: MarketValues): MarketInput {
  const point = values.address.point;
  const hasPoint = typeof point?.lat === 'number' && typeof point.lng === 'number';
  return {
    officialName: orNull(values.officialName),
    alias: orNull(values.alias),
    aliasBasis: values.aliasBasis,
    nature: values.nature,
    operatorKind: values.operatorKind,
    operatorName: orNull(values.operatorName),
    licenceNo: orNull(values.licenceNo),
    licenceUntil: values.licenceUntil || null,
    publicInterest: values.publicInterest ?? false,
    layout: values.layout ?? null,
    address: {
      division: values.address.division ?? '',
      text: values.address.text?.trim() ?? '',
      village: orNull(values.address.village),
      villageCode: orNull(values.address.villageCode),
      point: hasPoint
        ? ({ lat: point.lat, lng: point.lng, crs: point.crs ?? null } as MarketInput['address']['point'])
        : null,
    },
    hours: (values.hours ?? []).map(hoursToInput),
    trades: values.trades ?? [],
    contacts: (values.contacts ?? []).map((c) => ({
      label: c.label.trim(),
      phone: c.phone.trim(),
      public: c.public ?? true,
    })),
    services: values.services ?? [],
    seekerScale: figureToInput(values.seekerScale),
    dailySuccesses: figureToInput(values.dailySuccesses),
    remark: orNull(values.remark),
    areaSquareMetres: values.areaSquareMetres ?? null,
  };
}

/** A market as the form shows it. */
export function fromMarket(market: MarketFormFragment): MarketValues {
  return {
    officialName: market.officialName,
    alias: market.alias,
    aliasBasis: market.aliasBasis,
    nature: market.nature,
    operatorKind: market.operatorKind,
    operatorName: market.operatorName,
    licenceNo: market.licenceNo,
    licenceUntil: market.licenceUntil,
    publicInterest: market.publicInterest,
    layout: market.layout,
    address: {
      division: market.address.division.code,
      text: market.address.text,
      village: market.address.village,
      villageCode: market.address.villageCode,
      ...(market.address.point ? { point: pick(market.address.point, ['lat', 'lng', 'crs']) } : {}),
    },
    hours: market.hours.map(hoursFrom),
    trades: [...market.trades.map((trade) => trade.code), ...market.otherTrades],
    // As people write it: with the extension, which the number to dial does not have.
    contacts: market.contacts.map((c) => ({ label: c.label, phone: c.phoneDisplay, public: c.public })),
    services: market.services,
    seekerScale: market.seekerScale ? figureFrom(market.seekerScale) : null,
    dailySuccesses: market.dailySuccesses ? figureFrom(market.dailySuccesses) : null,
    remark: market.remark,
    areaSquareMetres: market.areaSquareMetres,
  };
}

const figureFrom = (figure: NonNullable<MarketFormFragment['seekerScale']>) =>
  pick(figure, ['low', 'high', 'approximate', 'method', 'overrideReason', 'asOf']);

function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, K>;
}
