// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { ConfigProvider } from 'antd';
import { Provider } from 'urql';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Masked } from '../src/admin/people/reveal';
import { stubLayout } from './layout';

beforeAll(stubLayout);
afterEach(cleanup);

const WHOLE = 'lihongmei@taiyuan.example';

function shown(answer: object) {
  const asked: unknown[] = [];
  const client = {
    mutation: (_: unknown, variables: unknown) => {
      asked.push(variables);
      return { toPromise: () => Promise.resolve({ data: { revealPersonalValue: answer } }) };
    },
  };
  render(
    <Provider value={client as never}>
      <ConfigProvider theme={{ token: { motion: false } }} button={{ autoInsertSpace: false }}>
        <Masked id="account_1" field="EMAIL" masked="li***@taiyuan.example" />
      </ConfigProvider>
    </Provider>,
  );
  return asked;
}

async function ask(reason: string) {
  fireEvent.click(screen.getByRole('button', { name: '查看：li***@taiyuan.example' }));
  fireEvent.change(await screen.findByRole('textbox'), { target: { value: reason } });
  fireEvent.click(screen.getByRole('button', { name: '查看' }));
}

describe('a masked value', () => {
  it('is shown for a reason, and only until the dialog is closed', async () => {
    const asked = shown({ __typename: 'PersonalValue', value: WHOLE });
    expect(screen.queryByText(WHOLE)).toBeNull();
    await ask('  来电核实本人邮箱 ');
    expect(await screen.findByText(WHOLE)).toBeDefined();
    expect(asked).toEqual([{ input: { id: 'account_1', field: 'EMAIL', reason: '来电核实本人邮箱' } }]);
    fireEvent.click(screen.getByText('关闭'));
    await waitFor(() => expect(screen.queryByText(WHOLE)).toBeNull());
  });

  it('is not asked for without a reason, and a refusal is told in the words of the server', async () => {
    const message = '每个账号每小时最多查看20条个人信息，请在41分钟后再试。';
    const asked = shown({ __typename: 'RevealPersonalValueRefused', code: 'TOO_MANY', message, field: null });
    await ask('核实');
    await waitFor(() => expect(screen.getAllByText('4到200个字。').length).toBeGreaterThan(1));
    expect(asked).toEqual([]);
    fireEvent.change(screen.getByRole('textbox'), { target: { value: '来电核实本人邮箱' } });
    fireEvent.click(screen.getByRole('button', { name: '查看' }));
    expect(await screen.findByText(message)).toBeDefined();
    expect(screen.queryByText(WHOLE)).toBeNull();
  });
});
