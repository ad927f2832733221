import { describe, expect, it } from 'vitest';
import type { MarketStatus } from '../src/admin/gql/graphql';
import { amendable, offers, type Step } from '../src/admin/markets/steps';

const STEPS: Step[] = ['open', 'list', 'suspend', 'resume', 'delist'];
const offered = (status: MarketStatus) => STEPS.filter((step) => offers(status, step));

describe('the steps of a market', () => {
  it.each([
    ['PLANNED', ['open', 'list', 'delist']],
    ['DRAFT', ['list', 'delist']],
    ['LISTED', ['suspend', 'delist']],
    ['SUSPENDED', ['resume', 'delist']],
    ['DELISTED', []],
  ] as [MarketStatus, Step[]][])('of a %s one are those the server takes', (status, steps) => {
    expect(offered(status)).toEqual(steps);
  });

  it('end with delisting: nothing of it is amended afterwards', () => {
    expect(amendable('DELISTED')).toBe(false);
    expect(amendable('SUSPENDED')).toBe(true);
  });
});
