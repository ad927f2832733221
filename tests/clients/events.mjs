// graphql-sse in its distinct connections mode.
import { strict as assert } from 'node:assert';
import { createClient } from 'graphql-sse';

async function all(client, query) {
  const heard = [];
  for await (const result of client.iterate({ query })) heard.push(result);
  return heard;
}

export async function events(url) {
  const client = createClient({ url: `${url}/stream`, headers: { authorization: 'Bearer clerk' }, retryAttempts: 0 });
  assert.deepEqual(await all(client, '{ who }'), [{ data: { who: 'clerk' } }]);
  assert.deepEqual(await all(client, 'subscription { count(to: 3) }'), [1, 2, 3].map((count) => ({ data: { count } })));
  const [refused] = await all(client, '{ nothing }');
  assert.equal(refused.errors[0].extensions.code, 'INVALID_REQUEST');
  const endless = client.iterate({ query: 'subscription { events }' });
  setTimeout(() => endless.return(), 50);
  assert.equal((await endless.next()).done, true);
  client.dispose();
  console.log('graphql-sse ok');
}
