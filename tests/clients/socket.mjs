// graphql-ws over a real socket.
import { strict as assert } from 'node:assert';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const open = (url, authorization) =>
  createClient({ url: url.replace(/^http/, 'ws'), webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: { authorization } });

async function all(client, query) {
  const heard = [];
  for await (const result of client.iterate({ query })) heard.push(result);
  return heard;
}

export async function socket(url) {
  const client = open(url, 'Bearer clerk');
  assert.deepEqual(await all(client, '{ who }'), [{ data: { who: 'clerk' } }]);
  assert.deepEqual(await all(client, 'mutation { note(text: "x") }').then(([r]) => typeof r.data.note), 'number');
  assert.deepEqual(await all(client, 'subscription { count(to: 3) }'), [1, 2, 3].map((count) => ({ data: { count } })));
  await assert.rejects(all(client, '{ nothing }'), (errors) => errors[0].extensions.code === 'INVALID_REQUEST');
  const many = await Promise.all([...Array(20).keys()].map(() => all(client, 'subscription { count(to: 50) }')));
  assert.ok(many.every((heard) => heard.length === 50));
  const endless = client.iterate({ query: 'subscription { events }' });
  setTimeout(() => endless.return(), 50);
  assert.equal((await endless.next()).done, true);
  await client.dispose();
  await assert.rejects(all(open(url, 'Bearer nobody'), '{ who }'), (event) => event.code === 4403);
  console.log('graphql-ws ok');
}
