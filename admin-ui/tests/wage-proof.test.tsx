// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Proof } from '../src/admin/engagements/wage-sheets';
import { stubLayout } from './layout';
import { shown } from './shown';

const permissions = vi.hoisted(() => ({ held: new Set<string>() }));
vi.mock('../src/admin/app/session', () => ({
  useSession: () => ({ can: (permission: string) => permissions.held.has(permission) }),
}));
const save = vi.hoisted(() => vi.fn());
vi.mock('../src/admin/kit/download', () => ({ save }));

beforeAll(stubLayout);
afterEach(() => {
  cleanup();
  save.mockReset();
});

const LINE = { engagementId: 'engagement_1', workerName: '李*' };
interface Sent {
  id: string;
  reason: string;
  idempotencyKey: string;
}

/** The proof of a line, over what the server answers; says what it was asked. */
function show(held: string[], answer: object) {
  permissions.held = new Set(held);
  const asked: Sent[] = [];
  shown<Sent>(<Proof line={LINE} />, ({ variables }) => {
    asked.push(variables);
    return { openWageProof: answer };
  });
  return asked;
}

async function open(reason: string) {
  fireEvent.click(screen.getByRole('button', { name: '查看凭证：李*' }));
  fireEvent.change(await screen.findByRole('textbox'), { target: { value: reason } });
  fireEvent.click(screen.getByRole('button', { name: '查看凭证' }));
}

describe('the proof of a line of a wage sheet', () => {
  it('is opened for a reason, and then the dialog is gone', async () => {
    const file = { __typename: 'ExportedFile', url: '/taiyuan/files/f1', fileName: '转账.png' };
    const asked = show(['engagement.pay'], file);
    await open('  核对转账金额 ');
    await waitFor(() => expect(save).toHaveBeenCalledWith('/taiyuan/files/f1', '转账.png'));
    expect(asked).toMatchObject([{ id: 'engagement_1', reason: '核对转账金额' }]);
    expect(asked[0]?.idempotencyKey).toMatch(/./);
    await waitFor(() => expect(screen.queryByRole('textbox')).toBeNull());
  });

  it('is not asked for without a reason, and a refusal is told in the words of the server', async () => {
    const message = '该笔工资没有留存支付凭证。';
    const asked = show(['engagement.pay'], {
      __typename: 'OpenWageProofRefused',
      code: 'NO_PROOF',
      message,
      field: 'id',
    });
    await open('核对');
    await waitFor(() => expect(screen.getAllByText('4到200个字。').length).toBeGreaterThan(1));
    expect(asked).toEqual([]);
    fireEvent.change(screen.getByRole('textbox'), { target: { value: '核对转账金额' } });
    fireEvent.click(screen.getByRole('button', { name: '查看凭证' }));
    expect(await screen.findByText(message)).toBeDefined();
    expect(save).not.toHaveBeenCalled();
  });

  it('is only said to be there to whoever may not keep wage sheets', () => {
    show(['engagement.read'], {});
    expect(screen.getByText('有凭证')).toBeDefined();
    expect(screen.queryByRole('button')).toBeNull();
  });
});
