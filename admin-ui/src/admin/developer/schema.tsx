import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createClient } from 'graphql-ws';
import { useEffect, useMemo } from 'react';
import { endpoint, headers } from '../app/client';
import { useDark } from '../app/display';
import { useT } from '../app/i18n';
import { useSession } from '../app/session';
import { Page } from '../kit/page';

/** GraphiQL with the session of whoever is signed in; bundled, nothing is fetched from elsewhere. */
export function SchemaExplorer() {
  const t = useT();
  const { slug } = useSession();
  const dark = useDark();
  const socket = useMemo(
    () =>
      createClient({
        url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${endpoint(slug)}`,
        lazy: true,
      }),
    [slug],
  );
  useEffect(() => () => void socket.dispose(), [socket]);
  const fetcher = useMemo(
    () =>
      createGraphiQLFetcher({
        url: endpoint(slug),
        headers: headers(),
        wsClient: socket,
        enableIncrementalDelivery: false,
      }),
    [slug, socket],
  );
  return (
    <Page title={t('schema.title')} lead={t('schema.lead')}>
      <div className="graphiql-box">
        <GraphiQL
          fetcher={fetcher}
          forcedTheme={dark ? 'dark' : 'light'}
          defaultQuery={
            '{\n  city { nameZh hotline }\n  directory(first: 3) {\n    totalCount\n    edges { node { name address hoursText } }\n  }\n}\n'
          }
        />
      </div>
    </Page>
  );
}
