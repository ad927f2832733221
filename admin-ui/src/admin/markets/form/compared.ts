import { useMemo } from 'react';
import { type MessageKey, useT } from '../../app/i18n';
import type { MarketFormFragment, MarketInput } from '../../gql/graphql';
import type { Compared } from '../../kit/conflict';
import { useShown } from './show';
import { fromMarket, toMarketInput } from './values';

/** What may differ between two versions. Address is split: its place and its point change for different reasons. */
export const FIELDS = [
  'officialName',
  'alias',
  'aliasBasis',
  'nature',
  'operatorKind',
  'operatorName',
  'licenceNo',
  'licenceUntil',
  'publicInterest',
  'layout',
  'address.division',
  'address.village',
  'address.villageCode',
  'address.text',
  'address.point',
  'hours',
  'trades',
  'contacts',
  'services',
  'seekerScale',
  'dailySuccesses',
  'remark',
  'areaSquareMetres',
] as const;
export type Field = (typeof FIELDS)[number];

interface Versions {
  base: MarketFormFragment;
  mine: MarketInput;
  current: MarketFormFragment;
}

/** My version of a market and the one saved meanwhile, to be chosen between. */
export function useCompared({ base, mine, current }: Versions): Compared<MarketInput, Field> {
  const t = useT();
  const sides = useMemo(
    () => ({ base: toMarketInput(fromMarket(base)), mine, theirs: toMarketInput(fromMarket(current)) }),
    [base, mine, current],
  );
  const shown = useShown({
    division: namesOf([base, current].map((m) => [m.address.division.code, m.address.division.fullName])),
    trade: namesOf([...base.trades, ...current.trades].map((x) => [x.code, x.name])),
  });
  return { ...sides, fields: FIELDS, shown, label: (field) => t(`conflict.${field}` as MessageKey) };
}

const namesOf = (pairs: string[][]) => Object.fromEntries(pairs) as Record<string, string>;
