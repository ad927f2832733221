// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { ConfigProvider } from 'antd';
import { Provider } from 'urql';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { correctionOf } from '../src/admin/imports/columns';
import type { Import } from '../src/admin/imports/detail';
import { ImportRows } from '../src/admin/imports/rows';
import { stubLayout } from './layout';

// The picker of divisions asks the server, and is not what is corrected here.
vi.mock('../src/admin/kit/division', () => ({ DivisionPicker: () => null }));

beforeAll(stubLayout);
afterEach(cleanup);

const ROW = {
  row: 7,
  good: false,
  name: '桥东零工市场',
  nature: 'PUBLIC',
  seekerScale: null,
  trades: [],
  unknownTrades: [],
  issues: [
    {
      column: 'F',
      columnTitle: '求职人员规模',
      value: '很多人',
      severity: 'ERROR',
      code: 'FIGURE',
      message: '看不懂这个人数。',
      hint: '写成 200，或者留空。',
    },
  ],
};

function mended() {
  const sent: object[] = [];
  const client = {
    mutation: (_: unknown, variables: { input: object }) => {
      sent.push(variables.input);
      return { toPromise: () => Promise.resolve({ data: { correctImportRow: { __typename: 'DirectoryImport' } } }) };
    },
  };
  const item = { id: 'i1', version: 3, status: 'CHECKED' } as Import;
  render(
    <Provider value={client as never}>
      <ConfigProvider theme={{ token: { motion: false } }} button={{ autoInsertSpace: false }}>
        <ImportRows item={item} rows={[ROW as never]} refetch={vi.fn()} />
      </ConfigProvider>
    </Provider>,
  );
  return sent;
}

describe('a bad cell of an import', () => {
  it('is emptied where it cannot be read and need not be there', async () => {
    const sent = mended();
    fireEvent.click(screen.getAllByRole('button', { name: /第 7 行/ })[0] as HTMLElement);
    const field = (await screen.findByRole('textbox')) as HTMLInputElement;
    expect(field.value).toBe('很多人');
    fireEvent.change(field, { target: { value: '' } });
    fireEvent.click(screen.getByRole('button', { name: '保存' }));
    await waitFor(() => expect(sent).toEqual([{ seekerScale: '' }]));
  });

  it('is sent alone unless something beside it was filled in', () => {
    expect(correctionOf('address', { address: '人民路 1 号', division: '' })).toEqual({ address: '人民路 1 号' });
    expect(correctionOf('address', { address: '', division: '140105006' })).toEqual({
      address: '',
      division: '140105006',
    });
    expect(correctionOf('division', { division: undefined })).toEqual({});
  });
});
