// @vitest-environment jsdom
import { afterEach, expect, it, vi } from 'vitest';
import { Act } from '../src/public/work/act';
import { ConfirmPayDocument } from '../src/public/work/gql/graphql';

afterEach(() => vi.unstubAllGlobals());

/** Answers as told, one after the other, and keeps the keys it was sent. */
function server(...answers: ('lost' | 'refused')[]) {
  const keys: string[] = [];
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    keys.push(JSON.parse(String(init.body)).variables.idempotencyKey);
    if (answers.shift() === 'lost') return Promise.reject(new TypeError('Failed to fetch'));
    const refused = { __typename: 'ConfirmPayRefused', code: 'CONFLICT', message: '请刷新后再试', field: null };
    return Promise.resolve(new Response(JSON.stringify({ data: { confirmPay: refused } })));
  });
  return keys;
}

const confirm = (act: Act, id: string) =>
  act.run('taiyuan', ConfirmPayDocument, { id, version: 1, paidFen: 20_000 }).catch(() => null);

it('sends an act without an answer again under its key, and anything else under a new one', async () => {
  const keys = server('lost', 'lost', 'lost', 'refused', 'refused');
  const act = new Act();
  for (const id of ['a', 'a', 'b', 'b', 'b']) await confirm(act, id);
  const [first, again, other, answered, next] = keys;
  expect(again).toBe(first);
  expect(other).not.toBe(first);
  expect(answered).toBe(other);
  expect(next).not.toBe(answered);
});
