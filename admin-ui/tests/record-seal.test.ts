import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readRecord } from '../src/public/papers/seal';

const record = JSON.stringify({
  ...{ number: '20261127-AAAA-BBBB-CCCC', city: '140100', city_name: '太原市', name: '李建国' },
  ...{ issued_at: '2026-11-27T02:00:00Z', sums: { days: 3 } },
});

describe('the file of a work record', () => {
  it('is asked about by the fingerprint of its text, not by the one that stands beside it', async () => {
    const read = await readRecord(JSON.stringify({ record, digest: 'another', signature: 'ab12' }));
    expect(read).toEqual({
      seal: {
        number: '20261127-AAAA-BBBB-CCCC',
        digest: createHash('sha256').update(record).digest('hex'),
        signature: 'ab12',
      },
      said: { name: '李建国', city: '太原市', issuedAt: '2026-11-27T02:00:00Z', days: 3 },
    });
  });

  it.each(['', 'PDF', '[]', 'null', '{}', '{"record":"{}","signature":"ab"}', JSON.stringify({ record })])(
    '%s is none',
    async (text) => {
      expect(await readRecord(text)).toBeNull();
    },
  );
});
