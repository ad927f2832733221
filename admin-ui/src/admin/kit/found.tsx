import type { ReactNode } from 'react';
import type { UseQueryState } from 'urql';
import { useT } from '../app/i18n';
import { Page } from './page';
import { Loaded, Nothing } from './state';

interface Props<D, T> {
  query: readonly [Pick<UseQueryState<D>, 'data' | 'error'>, (options?: { requestPolicy?: 'network-only' }) => void];
  of: (data: NonNullable<D>) => T | null | undefined;
  children: (one: T) => ReactNode;
}

/** The one thing that an address names; where there is none, or none for this reader, the page says so. */
export function Found<D, T>({ query, of, children }: Props<D, T>) {
  const t = useT();
  return (
    <Loaded query={query}>
      {(data) => {
        const one = of(data);
        return one ? (
          children(one)
        ) : (
          <Page title={t('state.notFound')}>
            <Nothing text={t('state.notFoundHelp')} />
          </Page>
        );
      }}
    </Loaded>
  );
}
