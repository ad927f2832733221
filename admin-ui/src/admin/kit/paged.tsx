import type { ReactNode } from 'react';
import type { UseQueryState } from 'urql';
import { Pager, type usePages } from './pager';
import { Loaded } from './state';

export interface Connection<N> {
  edges: readonly { node: N }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  totalCount?: number | null;
}

interface Props<D, N> {
  query: readonly [UseQueryState<D>, (options?: { requestPolicy?: 'network-only' }) => void];
  pages: ReturnType<typeof usePages>;
  of: (data: NonNullable<D>) => Connection<N> | null | undefined;
  children: (rows: N[], total: number | null, data: NonNullable<D>) => ReactNode;
}

/** A list that comes a page at a time, with the way to its other pages below. */
export function Paged<D, N>({ query, pages, of, children }: Props<D, N>) {
  return (
    <Loaded query={query}>
      {(data) => {
        const list = of(data);
        if (!list) return null;
        const rows = list.edges.map((edge) => edge.node);
        const total = list.totalCount ?? null;
        return (
          <>
            {children(rows, total, data)}
            <Pager pages={pages} pageInfo={list.pageInfo} totalCount={total} shown={rows.length} />
          </>
        );
      }}
    </Loaded>
  );
}
