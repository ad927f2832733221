import { render } from '@testing-library/react';
import { App, ConfigProvider } from 'antd';
import type { ReactElement } from 'react';
import { Client, fetchExchange, Provider } from 'urql';

/** What a request asks for. */
export interface Asked<V> {
  operationName: string;
  variables: V;
}

/** Renders a page over a server that gives these data. */
export function shown<V>(page: ReactElement, data: (asked: Asked<V>) => object) {
  const client = new Client({
    url: 'http://localhost/graphql',
    exchanges: [fetchExchange],
    fetch: (_, request) =>
      Promise.resolve(Response.json({ data: data(JSON.parse(String(request?.body)) as Asked<V>) })),
    preferGetMethod: false,
  });
  render(
    <Provider value={client}>
      <ConfigProvider theme={{ token: { motion: false } }} button={{ autoInsertSpace: false }}>
        <App>{page}</App>
      </ConfigProvider>
    </Provider>,
  );
}
