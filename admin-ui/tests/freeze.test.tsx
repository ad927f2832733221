// @vitest-environment jsdom
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import { App, ConfigProvider } from 'antd';
import type { ReactElement } from 'react';
import { Client, fetchExchange, Provider } from 'urql';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ReturnActions } from '../src/admin/returns/actions';
import type { Return } from '../src/admin/returns/page';
import { SnapshotRows } from '../src/admin/returns/rows';
import { stubLayout } from './layout';

vi.mock('../src/admin/app/session', () => ({
  useSession: () => ({ can: () => true, slug: 'taiyuan', viewer: { account: { displayName: '李红梅' } } }),
}));
vi.mock('@tanstack/react-router', () => ({
  Link: ({ search, children }: { search: object; children: string }) => (
    <a href={`/markets?${new URLSearchParams({ ...search })}`}>{children}</a>
  ),
}));

beforeAll(stubLayout);
afterEach(cleanup);

const OPEN = { id: 'r1', year: 2026, version: 0, status: 'OPEN', rowCount: 0, rows: null, filer: null };
const pages = { after: null, before: 0, forward: vi.fn(), back: vi.fn() };
const returned = (status: string) => ({ ...OPEN, status, rowCount: 42 }) as unknown as Return;

function show(page: ReactElement) {
  const asked: string[] = [];
  const answer = (_: unknown, request?: RequestInit) => {
    const { operationName } = JSON.parse(String(request?.body ?? '{}')) as { operationName?: string };
    if (operationName !== 'SubmitReturn')
      return Promise.resolve(Response.json({ data: { markets: { totalCount: 17 } } }));
    asked.push(operationName);
    return Promise.resolve(Response.json({ data: { submitReturn: { __typename: 'DirectoryReturn', id: 'r1' } } }));
  };
  const client = new Client({ url: 'http://localhost/graphql', exchanges: [fetchExchange], fetch: answer });
  render(
    <Provider value={client}>
      <ConfigProvider theme={{ token: { motion: false } }} button={{ autoInsertSpace: false }}>
        <App>{page}</App>
      </ConfigProvider>
    </Provider>,
  );
  return asked;
}

describe('freezing a return', () => {
  it.each(['OPEN', 'RETURNED'])(
    'says how many markets are listed now, on the page and in the dialog (%s)',
    async (status) => {
      show(<ReturnActions item={returned(status)} refetch={vi.fn()} />);
      const text = await screen.findByText(/现在名录中的 17 个市场/);
      expect(text.querySelector('a')?.getAttribute('href')).toBe('/markets?status=LISTED');
      screen.getByRole('button', { name: '冻结' }).click();
      const dialog = within(await screen.findByRole('dialog'));
      expect(await dialog.findByText(/现在名录中的 17 个市场/)).toBeDefined();
      expect(dialog.queryByText(/42/)).toBeNull();
    },
  );

  it('asks before it hands in, and says that the city cannot take it back', async () => {
    const asked = show(<ReturnActions item={returned('FROZEN')} refetch={vi.fn()} />);
    screen.getByRole('button', { name: '提交省厅' }).click();
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText(/冻结的 42 行名录.*市里不能收回/)).toBeDefined();
    expect(asked).toEqual([]);
    dialog.getByRole('button', { name: '提交省厅' }).click();
    await waitFor(() => expect(asked).toEqual(['SubmitReturn']));
  });

  it('names no rows to check before there are some', () => {
    show(<SnapshotRows item={OPEN as unknown as Return} pages={pages} />);
    expect(screen.queryByRole('table')).toBeNull();
    expect(screen.getByText(/还没有冻结/)).toBeDefined();
  });

  it.each([
    ['FROZEN', '将上报的名录（42 行）'],
    ['SUBMITTED', '已上报的名录（42 行）'],
    ['ACCEPTED', '已上报的名录（42 行）'],
    ['RETURNED', '退回的那一版名录（42 行）'],
  ])('calls the rows of a version what they are (%s)', (status, heading) => {
    show(<SnapshotRows item={returned(status)} pages={pages} />);
    expect(screen.getByRole('heading').textContent).toBe(heading);
  });
});
