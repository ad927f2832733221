// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Row } from '../src/admin/engagements/dialogs';
import { Settle } from '../src/admin/engagements/settle';
import { stubLayout } from './layout';
import { type Asked, shown } from './shown';

beforeAll(stubLayout);
afterEach(cleanup);

const row = { id: 'e1', version: 4, workerName: '李*', status: 'COMPLETED' } as Row;
const DISPUTE = {
  ...{ __typename: 'Engagement', status: 'COMPLETED', version: 4, arrivedAt: null },
  ...{ disputedAt: '2026-11-27T18:00:00+08:00', disputedBy: 'PARTY', disputeWords: '此人当天没有来' },
  wageTruth: { agreedFen: 18_000, sheetPaidFen: null, paidFen: null },
};

function show(answer: object) {
  const sent: Asked<Record<string, unknown>>[] = [];
  const done = vi.fn();
  shown<Record<string, unknown>>(<Settle row={row} onClose={vi.fn()} onDone={done} />, (request) => {
    if (request.operationName === 'DisputeOf') return { engagement: DISPUTE };
    sent.push(request);
    return { settleDispute: answer };
  });
  return { sent, done };
}

const settle = () => act(async () => screen.getByRole('button', { name: '处理异议' }).click());

describe('the dialog that settles a dispute', () => {
  it('shows who disputes what, and whether anybody was seen to come', async () => {
    show({});
    await screen.findByText('此人当天没有来');
    expect(screen.getByText(/用工方 · /)).toBeTruthy();
    expect(document.body.textContent).toContain('约定 180');
  });

  it('asks for the outcome and for what was found, and sends neither without the other', async () => {
    const { sent } = show({});
    await screen.findByText('此人当天没有来');
    await settle();
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('处理结果');
    expect(alert.textContent).toContain('处理意见');
    expect(sent).toEqual([]);
  });

  it('sends both for the version that was looked at', async () => {
    const { sent, done } = show({ __typename: 'Engagement' });
    await screen.findByText('此人当天没有来');
    fireEvent.click(screen.getByLabelText('异议不成立'));
    fireEvent.change(screen.getByLabelText('处理意见'), { target: { value: ' 工友作证，当天到岗。 ' } });
    await settle();
    await waitFor(() => expect(done).toHaveBeenCalled());
    expect(sent[0]?.variables).toMatchObject({
      ...{ id: 'e1', version: 4, outcome: 'NOT_UPHELD', words: '工友作证，当天到岗。' },
    });
  });

  it('says at its field what the server does not take, and keeps what was typed', async () => {
    const message = '请写明处理意见，不超过 500 个字，双方都会看到。';
    const { done } = show({
      ...{ __typename: 'SettleDisputeRefused', code: 'LENGTH', message, field: 'words', current: null },
    });
    await screen.findByText('此人当天没有来');
    fireEvent.click(screen.getByLabelText('异议成立'));
    const words = screen.getByLabelText('处理意见') as HTMLTextAreaElement;
    fireEvent.change(words, { target: { value: '好' } });
    await settle();
    await waitFor(() => expect(words.closest('.ant-form-item')?.textContent).toContain(message));
    expect(words.value).toBe('好');
    expect(done).not.toHaveBeenCalled();
  });
});
