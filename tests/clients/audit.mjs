// The server audits of graphql-http: how GraphQL over HTTP wants a server to behave.
import { strict as assert } from 'node:assert';
import { serverAudits } from 'graphql-http';

// One audit asks for `__type`, so the caller needs `schema:read`.
const authorization = `Bearer ${process.env.YIZHAN_TOKEN ?? 'reader'}`;
const fetchFn = (url, init) => fetch(url, { ...init, headers: { authorization, ...init?.headers } });

export async function audit(url) {
  const counts = { ok: 0, notice: 0, warn: 0, error: 0 };
  for (const check of serverAudits({ url, fetchFn })) {
    const result = await check.fn();
    counts[result.status] += 1;
    if (result.status !== 'ok') console.log(`${result.status}: ${check.id} ${check.name}: ${result.reason}`);
  }
  console.log('audits', counts);
  assert.deepEqual(counts, { ok: 58, notice: 3, warn: 0, error: 0 });
}
