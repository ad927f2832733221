// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { ConfigProvider, Form, Input } from 'antd';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Outcome } from '../src/admin/app/outcome';
import { FormDialog } from '../src/admin/kit/form';
import { ErrorSummary } from '../src/admin/kit/summary';
import { stubLayout } from './layout';

beforeAll(stubLayout);
afterEach(cleanup);

describe('the error summary', () => {
  it('takes the focus and leads to the field', () => {
    render(
      <>
        <ErrorSummary problems={[{ fieldId: 'phone', message: '电话号码不对。' }]} />
        <input id="phone" aria-label="phone" />
      </>,
    );
    expect(document.activeElement?.className).toBe('error-summary');
    fireEvent.click(screen.getByRole('link', { name: '电话号码不对。' }));
    expect(document.activeElement?.id).toBe('phone');
  });

  it('is silent when nothing is wrong', () => {
    render(<ErrorSummary problems={[]} />);
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('a dialog with a form', () => {
  const refused: Outcome<never> = {
    kind: 'refused',
    code: 'INVALID',
    message: '邮箱地址不对。',
    field: 'input.email',
    refusal: {},
  };

  function open(outcome: Outcome<unknown>, onClose = vi.fn()) {
    render(
      <ConfigProvider theme={{ token: { motion: false } }} button={{ autoInsertSpace: false }}>
        <FormDialog<{ email: string }>
          name="invite"
          title="邀请"
          initial={{ email: 'x' }}
          onClose={onClose}
          onSubmit={() => Promise.resolve(outcome)}
        >
          <Form.Item name="email" label="邮箱">
            <Input />
          </Form.Item>
        </FormDialog>
      </ConfigProvider>,
    );
    fireEvent.click(screen.getByText('保存'));
    return onClose;
  }

  it('shows a refusal in the words of the server, on top and at the field, and keeps what was typed', async () => {
    const onClose = open(refused);
    await waitFor(() => expect(screen.getAllByText('邮箱地址不对。').length).toBe(2));
    expect((screen.getByLabelText('邮箱') as HTMLInputElement).value).toBe('x');
    expect(onClose).not.toHaveBeenCalled();
  });

  it('shows both sides where somebody was faster, and saves the one that is shown', async () => {
    const clash: Outcome<never> = { ...refused, code: 'CONFLICT', message: '刚被他人更改。', field: 'version' };
    const saved = vi.fn();
    const dialog = (stored: string, again: () => void) => (
      <ConfigProvider theme={{ token: { motion: false } }} button={{ autoInsertSpace: false }}>
        <FormDialog<{ name: string }>
          name="zone"
          title="分区"
          initial={{ name: stored }}
          onClose={vi.fn()}
          onClash={again}
          onSubmit={({ name }) => {
            saved(name);
            return Promise.resolve(clash);
          }}
        >
          <Form.Item name="name" label="名称">
            <Input />
          </Form.Item>
        </FormDialog>
      </ConfigProvider>
    );
    const again = vi.fn();
    const { rerender } = render(dialog('旧', again));
    const field = () => screen.getByLabelText('名称') as HTMLInputElement;
    fireEvent.change(field(), { target: { value: '我的' } });
    fireEvent.click(screen.getByText('保存'));
    await waitFor(() => expect(again).toHaveBeenCalled());
    rerender(dialog('他人的', again));
    fireEvent.click(screen.getByLabelText('刚保存的最新内容'));
    await waitFor(() => expect(field().value).toBe('他人的'));
    fireEvent.click(screen.getByLabelText('我填写的'));
    await waitFor(() => expect(field().value).toBe('我的'));
    fireEvent.click(screen.getByText('保存'));
    await waitFor(() => expect(saved).toHaveBeenLastCalledWith('我的'));
  });

  it('shows a refusal that names no field, or one it does not have, on top', async () => {
    open({ ...refused, field: 'somewhere.else' });
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('邮箱地址不对。'));
  });

  it('closes when done', async () => {
    const onClose = open({ kind: 'done', value: {} });
    await waitFor(() => expect(onClose).toHaveBeenCalled());
  });
});
