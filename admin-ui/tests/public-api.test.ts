// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ask } from '../src/public/api';
import { CitiesDocument } from '../src/public/gql/graphql';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const cities = () => ask('platform', CitiesDocument, {});
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
/** Never comes; ends when the asker gives up. */
const never = (signal: AbortSignal | null | undefined) =>
  new Promise<never>((_, reject) =>
    signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))),
  );

describe('a public page asks', () => {
  it('without a function old telephones lack, and leaves no clock running', async () => {
    vi.useFakeTimers();
    vi.stubGlobal('AbortSignal', class {});
    vi.stubGlobal('fetch', () => Promise.resolve(json({ data: { cities: [] } })));
    expect(await cities()).toEqual({ cities: [] });
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    ['an answer', (init: RequestInit) => never(init.signal)],
    [
      'the body of an answer',
      (init: RequestInit) => Promise.resolve({ status: 200, json: () => never(init.signal) } as unknown as Response),
    ],
  ])('and gives up on %s that does not come', async (_, answer) => {
    vi.useFakeTimers();
    vi.stubGlobal('fetch', (_: string, init: RequestInit) => answer(init));
    const asked = expect(cities()).rejects.toMatchObject({ kind: 'offline' });
    await vi.advanceTimersByTimeAsync(15_000);
    await asked;
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    ['offline', '', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['notFound', '', () => Promise.resolve(new Response('', { status: 404 }))],
    ['refused', '请稍后再试。', () => Promise.resolve(json({ errors: [{ message: '请稍后再试。' }] }, 429))],
  ])('and tells %s apart', async (kind, message, answer) => {
    vi.stubGlobal('fetch', answer);
    await expect(cities()).rejects.toMatchObject({ kind, message });
  });
});
