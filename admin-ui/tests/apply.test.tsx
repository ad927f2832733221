// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { ConfigProvider } from 'antd';
import { Client, fetchExchange, Provider } from 'urql';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ApplyBox } from '../src/admin/imports/apply';
import type { Import } from '../src/admin/imports/detail';
import { stubLayout } from './layout';

beforeAll(stubLayout);
afterEach(cleanup);

const MESSAGE = '还有 2 行不合格。请先改正这些行，或选择“仅导入合格行”。';

function show(badRows: number) {
  const refusal = { __typename: 'ApplyDirectoryImportRefused', code: 'BAD_ROWS', message: MESSAGE, field: 'mode' };
  const answer = () => Promise.resolve(Response.json({ data: { applyDirectoryImport: refusal } }));
  const client = new Client({ url: 'http://localhost/graphql', exchanges: [fetchExchange], fetch: answer });
  const item = { id: 'i1', version: 1, rowCount: 3, goodRows: 3 - badRows, badRows, created: 1 } as unknown as Import;
  render(
    <Provider value={client}>
      <ConfigProvider theme={{ token: { motion: false } }} button={{ autoInsertSpace: false }}>
        <ApplyBox item={item} refetch={vi.fn()} />
      </ConfigProvider>
    </Provider>,
  );
}

describe('applying a dry run', () => {
  it('asks which rows only where one is bad, in the words of the refusal, and counts nothing else', async () => {
    show(2);
    expect(screen.getByText('仅导入合格行（1 行）')).toBeDefined();
    screen.getByRole('button', { name: '导入到名录' }).click();
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toBe(`没有办成${MESSAGE}`);
  });

  it('asks nothing where every row is good', () => {
    show(0);
    expect(screen.queryAllByRole('radio')).toEqual([]);
    expect(screen.getByRole('button', { name: '导入到名录' })).toBeDefined();
  });
});
