// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react';
import { ConfigProvider } from 'antd';
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
const pages = { after: null, page: 0, forward: vi.fn(), back: vi.fn() };
const returned = (status: string) => ({ ...OPEN, status, rowCount: 42 }) as unknown as Return;

function show(page: ReactElement) {
  const answer = () => Promise.resolve(Response.json({ data: { markets: { totalCount: 17 } } }));
  const client = new Client({ url: 'http://localhost/graphql', exchanges: [fetchExchange], fetch: answer });
  return render(
    <Provider value={client}>
      <ConfigProvider theme={{ token: { motion: false } }} button={{ autoInsertSpace: false }}>
        {page}
      </ConfigProvider>
    </Provider>,
  );
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

  it('names no rows to check before there are some', () => {
    show(<SnapshotRows item={OPEN as unknown as Return} pages={pages} />);
    expect(screen.queryByRole('table')).toBeNull();
    expect(screen.getByText(/还没有冻结/)).toBeDefined();
  });

  it('calls the rows of a returned version what they are', () => {
    show(<SnapshotRows item={returned('RETURNED')} pages={pages} />);
    expect(screen.getByRole('heading').textContent).toBe('退回的那一版名录（42 行）');
  });
});
