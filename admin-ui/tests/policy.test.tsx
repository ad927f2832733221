// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { PolicyLines } from '../src/admin/people/policy-lines';
import { stubLayout } from './layout';
import { shown } from './shown';

vi.mock('../src/admin/app/session', () => ({ useSession: () => ({ can: () => true }) }));

beforeAll(stubLayout);
afterEach(cleanup);

const MARKETS = { name: 'market.read', title: '查看市场' };
const EXPORT = { name: 'directory.export', title: '导出名录' };
const OFFICER = { name: 'bureau_officer', title: '市局经办人' };
const roles = [{ ...OFFICER, exclusiveGroup: null, actions: [MARKETS, EXPORT] }] as never;

/** More lines than the server gives at once; the one about exports is the last of them. */
const LINES = Array.from({ length: 130 }, (_, at) => ({
  id: `line-${at}`,
  role: at === 129 ? OFFICER : { name: `role-${at}`, title: `角色 ${at}` },
  action: at === 129 ? EXPORT : MARKETS,
  effect: 'DENY',
  version: at === 129 ? 7 : 1,
  setAt: '2026-11-26T10:00:00+08:00',
}));

interface Variables {
  first: number;
  after?: string | null;
  input?: object;
  version?: number;
}

function show() {
  const sent: Variables[] = [];
  shown<Variables>(<PolicyLines roles={roles} onChanged={vi.fn()} />, ({ operationName, variables }) => {
    if (operationName === 'SetPolicyLine') {
      sent.push(variables);
      return { setPolicyLine: { __typename: 'PolicyLine', id: 'line-129' } };
    }
    const from = Number(variables.after ?? 0);
    const to = Math.min(from + Math.min(variables.first, 100), LINES.length);
    const edges = LINES.slice(from, to).map((node) => ({ node }));
    return { policyLines: { edges, pageInfo: { hasNextPage: to < LINES.length, endCursor: String(to) } } };
  });
  return sent;
}

async function choose(field: string, text: string) {
  fireEvent.mouseDown(screen.getByRole('combobox', { name: field }));
  fireEvent.click(await screen.findByText(text, { selector: '.ant-select-item-option-content' }));
}

describe('the lines of policy of a city', () => {
  it('are found by the dialog whichever page they are on', async () => {
    const sent = show();
    expect(await screen.findByText('第 1—20 条')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: '设置策略' }));
    const dialog = within(await screen.findByRole('dialog'));
    await choose('角色', '市局经办人');
    await choose('操作', '导出名录（directory.export）');
    fireEvent.click(dialog.getByRole('button', { name: '保存' }));
    const input = { role: 'bureau_officer', action: 'directory.export', effect: 'ALLOW' };
    await waitFor(() => expect(sent).toEqual([expect.objectContaining({ input, version: 7 })]));
  });
});
