// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/dom';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inviteBox, toAsk } from '../src/public/work/hire/invite';
import { openProof } from '../src/public/work/hire/proof';
import type { Posting } from '../src/public/work/hire/written';

interface Request {
  query: string;
  variables: Record<string, unknown>;
}

const favourite = (id: string, nameMasked: string, looking = false) => ({
  id: `f-${id}`,
  worker: { id, nameMasked, looking },
});
const page = (nodes: object[]) => ({
  pageInfo: { hasNextPage: false, endCursor: null },
  edges: nodes.map((node) => ({ node })),
});

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

describe('the favourites that are asked to come', () => {
  const all = [favourite('w1', '李*', true), favourite('w2', '张*'), favourite('w3', '王*')];
  const posting = { id: 'p1', partyId: 'h1', invited: 0 } as Posting;

  it('are those who neither applied nor have a place; who cancelled is asked again', () => {
    const applied = [
      { workerId: 'w1', status: 'STANDBY' },
      { workerId: 'w2', status: 'CANCELLED_BY_WORKER' },
      { workerId: 'w3', status: 'CONFIRMED' },
      { workerId: null, status: 'APPLIED' },
    ] as Parameters<typeof toAsk>[1];
    expect(toAsk(all, applied).map(({ worker }) => worker.id)).toEqual(['w2']);
    expect(toAsk(all, [])).toEqual(all);
  });

  function opened(invited: unknown, applied: object[] = []) {
    const asked = serve({ favourites: page(all), engagementsOf: page(applied), inviteFavourites: invited });
    document.body.append(inviteBox('taiyuan', posting));
    const details = document.querySelector('details') as HTMLDetailsElement;
    details.open = true;
    details.dispatchEvent(new Event('toggle'));
    return asked;
  }

  it('are ticked by their names, told of once, and counted afterwards', async () => {
    const asked = opened({ __typename: 'FavouritesInvited', told: 1 });
    fireEvent.click(await screen.findByLabelText(/李/));
    fireEvent.click(screen.getByLabelText('张*'));
    fireEvent.click(screen.getByRole('button', { name: '发短信请他们来' }));
    const told = await screen.findByRole('status');
    expect(told.textContent).toBe('已短信通知 1 人，愿意来的自己报名。有 1 人收不到短信，请另外告诉他们。');
    expect(document.activeElement).toBe(told);
    expect(asked).toMatchObject([{ postingId: 'p1', workerIds: ['w1', 'w2'] }]);
    expect(screen.queryByRole('checkbox')).toBeNull();
  });

  it('stay ticked where the server refuses, in its words', async () => {
    const message = '这条招聘信息已邀请过一次，同一条信息不重复发短信。';
    opened({ __typename: 'InviteFavouritesRefused', code: 'ASKED_BEFORE', message, field: 'postingId' });
    Element.prototype.scrollIntoView = () => undefined;
    fireEvent.click(await screen.findByLabelText('张*'));
    fireEvent.click(screen.getByRole('button', { name: '发短信请他们来' }));
    await waitFor(() => expect(screen.getByRole('alert').textContent).toBe(message));
    expect((screen.getByLabelText('张*') as HTMLInputElement).checked).toBe(true);
  });

  it('are not asked again for a posting that asked before', () => {
    document.body.append(inviteBox('taiyuan', { ...posting, invited: 2 }));
    expect(screen.getByText('已短信通知 2 人，愿意来的自己报名。')).toBeDefined();
    expect(document.querySelector('details')).toBeNull();
  });

  it('are nobody where all have applied', async () => {
    opened(
      null,
      all.map(({ worker }) => ({ workerId: worker.id, status: 'APPLIED' })),
    );
    expect(await screen.findByText('常用工都已经报了名。')).toBeDefined();
    expect(screen.queryByRole('checkbox')).toBeNull();
  });
});

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
