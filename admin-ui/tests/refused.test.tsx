// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { App } from 'antd';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { setRefused, useTell } from '../src/admin/kit/feedback';
import { RefusedBox } from '../src/admin/kit/refused';
import { anchorOf } from '../src/admin/markets/form/anchor';
import { stubLayout } from './layout';

beforeAll(stubLayout);
afterEach(() => {
  act(() => setRefused(null));
  cleanup();
});

const MESSAGE = '列入名录前请先填写运行时间。';
const refusal = { kind: 'refused', code: 'NO_HOURS', message: MESSAGE, field: 'hours', refusal: {} } as const;

function Page() {
  const tell = useTell();
  return (
    <>
      <button type="button" onClick={() => tell(refusal, '', <a href="#hours">去填写</a>)}>
        公布
      </button>
      <button type="button" onClick={() => tell({ kind: 'done', value: null })}>
        暂停
      </button>
    </>
  );
}

const shown = (page: string) => (
  <App>
    <RefusedBox page={page} />
    <Page />
  </App>
);

function refuse() {
  const button = screen.getByText('公布');
  button.focus();
  fireEvent.click(button);
  return button;
}

describe('a refused action', () => {
  it('is said where the page is, takes the focus, and gives it back when it is closed', () => {
    render(shown('/a'));
    const button = refuse();
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain(MESSAGE);
    expect(alert.querySelector('a')?.textContent).toBe('去填写');
    expect(document.activeElement).toBe(alert);
    fireEvent.click(screen.getByRole('button', { name: '关闭' }));
    expect(screen.queryByRole('alert')).toBeNull();
    expect(document.activeElement).toBe(button);
  });

  it('is over once another one is done, and on another page', () => {
    const { rerender } = render(shown('/a'));
    refuse();
    fireEvent.click(screen.getByText('暂停'));
    expect(screen.queryByText(MESSAGE)).toBeNull();
    refuse();
    rerender(shown('/b'));
    expect(screen.queryByText(MESSAGE)).toBeNull();
  });

  it.each([
    ['address.text', 'market_address_text'],
    ['hours', 'market_hours'],
    ['input.contacts[1].phone', 'market_contacts_1_phone'],
    ['badCredits', null],
    ['version', null],
    [null, null],
  ])('about %s leads to %s', (field, anchor) => {
    expect(anchorOf(field)).toBe(anchor);
  });
});
