// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/dom';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hardship, type Worker } from '../src/public/work/hardship';

const worker = (over: object = {}) => ({ id: 'w1', status: 'ACTIVE', difficulties: [], ...over }) as Worker;
const TOLD = { kind: 'LOW_INCOME', basis: 'DECLARED', validUntil: null, consentId: 'c7' };

function show(of: Worker, answer: object = {}) {
  const asked: Record<string, unknown>[] = [];
  const draw = vi.fn();
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    const { query, variables } = JSON.parse(String(init.body));
    asked.push(variables);
    const root = query.includes('recordDifficulty') ? 'recordDifficulty' : 'withdrawConsent';
    return Promise.resolve(Response.json({ data: { [root]: { __typename: 'Worker', ...answer } } }));
  });
  const block = hardship('taiyuan', of, '2026-11', draw);
  if (block) document.body.append(block);
  return { asked, draw };
}

const send = () => fireEvent.click(screen.getByRole('button', { name: '告诉工作人员' }));

beforeEach(() => document.body.replaceChildren());
afterEach(() => vi.unstubAllGlobals());

describe('whoever finds things hard', () => {
  it('says so alone, with a consent for it that nobody ticked beforehand', async () => {
    const { asked, draw } = show(worker());
    const consent = screen.getByRole('checkbox') as HTMLInputElement;
    expect(consent.checked).toBe(false);
    fireEvent.change(screen.getByRole('combobox'), { target: { value: 'LOW_INCOME' } });
    send();
    await waitFor(() => expect(document.querySelectorAll('.wrong:not([hidden])').length).toBe(1));
    expect(asked).toEqual([]);
    fireEvent.click(consent);
    send();
    await waitFor(() => expect(draw).toHaveBeenCalledOnce());
    expect(asked[0]).toMatchObject({
      workerId: 'w1',
      input: { kind: 'LOW_INCOME', basis: 'DECLARED', consent: { how: 'ONLINE', noticeVersion: '2026-11' } },
    });
  });

  it('reads at the field what is refused', async () => {
    const message = '该情形已经记录。';
    show(worker(), { __typename: 'RecordDifficultyRefused', code: 'ALREADY_RECORDED', message, field: 'input.kind' });
    fireEvent.change(screen.getByRole('combobox'), { target: { value: 'OTHER' } });
    fireEvent.click(screen.getByRole('checkbox'));
    send();
    await waitFor(() => expect(document.getElementById('f-kind-wrong')?.textContent).toBe(message));
  });

  it('takes back what it said, and is not asked for it again while it stands', async () => {
    const { asked } = show(worker({ difficulties: [TOLD] }));
    const offered = [...(screen.getByRole('combobox') as HTMLSelectElement).options].map(({ value }) => value);
    expect(offered).not.toContain('LOW_INCOME');
    fireEvent.click(screen.getByRole('button', { name: '撤回' }));
    fireEvent.click(screen.getByRole('button', { name: '确定撤回' }));
    await waitFor(() => expect(asked[0]).toMatchObject({ id: 'c7' }));
  });

  it('is asked nothing where it looks for no work here', () => {
    show(worker({ status: 'CLOSED' }));
    expect(document.body.textContent).toBe('');
  });
});
