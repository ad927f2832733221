// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';

import { lastOfEach } from '../src/public/work/hire/agents';

describe('requests to act for a unit', () => {
  it('count only as far as no newer one was made for the same unit', () => {
    const made = [
      { partyId: 'one', status: 'GRANTED' },
      { partyId: 'two', status: 'WAITING' },
      { partyId: 'one', status: 'DECLINED' },
    ];
    expect(lastOfEach(made)).toEqual(made.slice(0, 2));
  });
});
