// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/dom';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Party, stillHiring } from '../src/public/work/hire/hire';

const party = (stale: boolean) => ({ id: 'h1', stale, lastConfirmedAt: '2026-10-20T09:00:00+08:00' }) as Party;

function show(stale: boolean, draw = vi.fn()) {
  const asked: unknown[] = [];
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    asked.push(JSON.parse(String(init.body)).variables);
    return Promise.resolve(Response.json({ data: { confirmHiring: { __typename: 'HiringParty' } } }));
  });
  document.body.append(...stillHiring('taiyuan', party(stale), draw));
  return { asked, draw };
}

beforeEach(() => document.body.replaceChildren());
afterEach(() => vi.unstubAllGlobals());

describe('whoever hires', () => {
  it('says with one press that it still does, and the page is drawn anew', async () => {
    const { asked, draw } = show(true);
    fireEvent.click(screen.getByRole('button', { name: '我还在招人' }));
    await waitFor(() => expect(draw).toHaveBeenCalledOnce());
    expect(asked).toEqual([{ id: 'h1', idempotencyKey: expect.any(String) }]);
  });

  it('is told where it has not said so for long, and then the press is the first thing to do', () => {
    show(true);
    expect(document.querySelector('.notice.bad')?.textContent).toContain('太久了');
    expect(screen.getByRole('button').className).not.toContain('quiet');
  });

  it('reads otherwise when it said so', () => {
    show(false);
    expect(document.querySelector('.notice.bad')).toBeNull();
    expect(document.querySelector('.hint')?.textContent).toContain('10月20日');
    expect(screen.getByRole('button').className).toContain('quiet');
  });
});
