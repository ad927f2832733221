import { CombinedError } from 'urql';
import { describe, expect, it } from 'vitest';
import { Act, fieldPath, idempotencyKey, readOutcome } from '../src/admin/app/outcome';

describe('an outcome', () => {
  it('of a refused mutation carries the words of the server, its code and the field', () => {
    const data = {
      amendMarket: {
        __typename: 'AmendMarketRefused',
        code: 'RETIRED_DIVISION',
        message: '这个区划已撤销，请改用 141102。',
        field: 'address.division',
      },
    };
    expect(readOutcome({ data })).toMatchObject({
      kind: 'refused',
      code: 'RETIRED_DIVISION',
      message: '这个区划已撤销，请改用 141102。',
      field: 'address.division',
    });
  });

  it('of a done mutation is what it answered', () => {
    const data = { amendMarket: { __typename: 'Market' as const, id: 'm1', version: 3 } };
    expect(readOutcome({ data })).toEqual({ kind: 'done', value: data.amendMarket });
  });

  it('of a fault on the server is its message', () => {
    const error = new CombinedError({ graphQLErrors: [{ message: '系统正在维护，请稍后再来。' }] });
    expect(readOutcome({ data: null, error })).toEqual({ kind: 'fault', message: '系统正在维护，请稍后再来。' });
  });

  it('of a broken connection says so and is no refusal', () => {
    const error = new CombinedError({ networkError: new Error('Failed to fetch') });
    const outcome = readOutcome({ data: undefined, error });
    expect(outcome.kind).toBe('fault');
    expect(outcome.kind === 'fault' && outcome.message).toContain('没有连上');
  });

  it('without any answer is a fault, never a success', () => {
    expect(readOutcome({ data: { amendMarket: null } }).kind).toBe('fault');
    expect(readOutcome({ data: null }).kind).toBe('fault');
  });
});

describe('the path of a field', () => {
  it.each([
    ['address.division', ['address', 'division']],
    ['input.address.division', ['address', 'division']],
    ['contacts.0.phone', ['contacts', 0, 'phone']],
    ['input.contacts[1].phone', ['contacts', 1, 'phone']],
    ['password', ['password']],
  ])('%s leads to its control', (field, path) => {
    expect(fieldPath(field)).toEqual(path);
  });
});

describe('an idempotency key', () => {
  it('is long, plain and new each time', () => {
    const keys = new Set(Array.from({ length: 100 }, idempotencyKey));
    expect(keys.size).toBe(100);
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('an intended act', () => {
  const fault = { kind: 'fault', message: '没有连上' } as const;
  const asked = { id: 'm1', version: 3 };

  it('keeps its key while no answer came and the same is asked again', () => {
    const act = new Act();
    const first = act.keyFor(asked);
    act.settle(fault);
    expect(act.keyFor({ ...asked })).toBe(first);
  });

  it('has another key once something else is asked', () => {
    const act = new Act();
    const first = act.keyFor(asked);
    act.settle(fault);
    expect(act.keyFor({ ...asked, version: 4 })).not.toBe(first);
  });

  it.each([
    { kind: 'done', value: {} } as const,
    { kind: 'refused', code: 'CONFLICT', message: '', field: null, refusal: {} } as const,
  ])('has another key after it was answered: $kind', (outcome) => {
    const act = new Act();
    const first = act.keyFor(asked);
    act.settle(outcome);
    expect(act.keyFor(asked)).not.toBe(first);
  });
});
