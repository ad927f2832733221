import type { MarketDetailQuery } from '../../gql/graphql';

export type MarketDetailData = NonNullable<MarketDetailQuery['market']>;

/** What every tab of a market gets. */
export interface TabProps {
  market: MarketDetailData;
  refetch: () => void;
}

/** What every dialog over a part of it gets. */
export interface DialogProps<R> {
  row: R | null;
  close: () => void;
  marketId: string;
  refetch: () => void;
}

/** Which part is saved: the row as it was read, or a new one. */
export const partOf = (marketId: string, row: { id: string; version: number } | null) => ({
  marketId,
  id: row?.id ?? null,
  version: row?.version ?? null,
});
