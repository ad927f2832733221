import { useCallback, useEffect, useState } from 'react';
import { type Client, type CombinedError, type TypedDocumentNode, useClient } from 'urql';
import type { Connection } from './paged';

/** As many as the server gives at once. */
const MOST = 100;

interface Slice {
  first: number;
  after?: string | null;
}
interface State<N> {
  data?: N[];
  error?: CombinedError;
}
type Of<D, N> = (data: D) => Connection<N> | null | undefined;

async function readAll<D, N, G extends object>(
  client: Client,
  document: TypedDocumentNode<D, G & Slice>,
  of: Of<D, N>,
  given: G,
): Promise<State<N>> {
  const rows: N[] = [];
  let after: string | null = null;
  do {
    const asked: G & Slice = { ...given, first: MOST, after };
    const { data, error } = await client.query(document, asked, { requestPolicy: 'network-only' }).toPromise();
    if (error) return { error };
    const page = data && of(data);
    rows.push(...(page?.edges ?? []).map(({ node }) => node));
    after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after);
  return { data: rows };
}

/**
 * Every row of a list, page after page, for what must be found whichever page it is on. `Loaded` shows it as it shows a
 * query; `of` and `given` must be the same on each render.
 */
export function useEvery<D, N, G extends object = Record<never, never>>(
  document: TypedDocumentNode<D, G & Slice>,
  of: Of<D, N>,
  given: G = NOTHING as G,
) {
  const client = useClient();
  const [state, setState] = useState<State<N>>({});
  const refetch = useCallback(
    () =>
      void readAll(client, document, of, given).then((next) => setState((before) => ({ data: before.data, ...next }))),
    [client, document, of, given],
  );
  useEffect(refetch, [refetch]);
  return [state, refetch] as const;
}

const NOTHING = {};
