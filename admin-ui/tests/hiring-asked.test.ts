// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/dom';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openProof } from '../src/public/work/hire/proof';

interface Request {
  query: string;
  variables: Record<string, unknown>;
}

/** A server that answers each request by what it asks for; says what was asked of its mutations. */
function serve(answers: Record<string, unknown>) {
  const asked: Record<string, unknown>[] = [];
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    const { query, variables } = JSON.parse(String(init.body)) as Request;
    const [root, answer] = Object.entries(answers).find(([name]) => query.includes(`${name}(`)) ?? [];
    if (/^\s*mutation/.test(query)) asked.push(variables);
    return Promise.resolve(Response.json({ data: { [root ?? '']: answer } }));
  });
  return asked;
}

beforeEach(() => document.body.replaceChildren());
afterEach(() => vi.unstubAllGlobals());

describe('the proof of a payment', () => {
  const press = () => {
    document.body.append(openProof('taiyuan', 'e1'));
    fireEvent.click(screen.getByRole('button', { name: '查看凭证' }));
  };

  it('is opened without a reason by whoever hires', async () => {
    const assign = vi.fn();
    vi.stubGlobal('location', { assign });
    const asked = serve({
      openWageProof: { __typename: 'ExportedFile', url: '/taiyuan/files/f1', fileName: '收条.png' },
    });
    press();
    await waitFor(() => expect(assign).toHaveBeenCalledWith('/taiyuan/files/f1'));
    expect(asked).toMatchObject([{ id: 'e1' }]);
    expect(asked[0]).not.toHaveProperty('reason');
  });

  it('says at its button that nothing was kept', async () => {
    const message = '该笔工资没有留存支付凭证。';
    serve({ openWageProof: { __typename: 'OpenWageProofRefused', code: 'NO_PROOF', message, field: 'id' } });
    press();
    await waitFor(() => expect(screen.getByRole('alert').textContent).toBe(message));
  });
});
