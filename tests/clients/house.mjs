// graphql-ws and graphql-sse against the whole house: reads, a job that is listened to, a false token.
import { strict as assert } from 'node:assert';
import { createClient as createEvents } from 'graphql-sse';
import { createClient as createSocket } from 'graphql-ws';
import WebSocket from 'ws';

const authorization = `Bearer ${process.env.YIZHAN_TOKEN}`;

const socketOf = (url, authorization) =>
  createSocket({ url: url.replace(/^http/, 'ws'), webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: { authorization } });

async function all(client, query, variables) {
  const heard = [];
  for await (const result of client.iterate({ query, variables })) heard.push(result);
  return heard;
}

async function reads(client) {
  const [me] = await all(client, '{ me { account { displayName } } city { slug } }');
  assert.equal(me.errors, undefined);
  assert.equal(me.data.city.slug, 'taiyuan');
  assert.ok(me.data.me.account.displayName.length > 0);
  const [listed] = await all(client, '{ directory(first: 5) { totalCount edges { node { name } } } }');
  assert.equal(listed.data.directory.edges.length, 5);
}

/** Any job of the house, as it is now; one that is none is refused. */
async function listens(client) {
  const [{ data }] = await all(client, '{ jobs(first: 1) { edges { node { id status } } } }');
  const [{ node: job }] = data.jobs.edges;
  const query = 'subscription($id: ID!) { jobChanged(id: $id) { id status } }';
  const stream = client.iterate({ query, variables: { id: job.id } });
  assert.deepEqual((await stream.next()).value.data.jobChanged.id, job.id);
  await stream.return();
  const refused = await all(client, query, { id: 'nobody' }).then(([result]) => result, (errors) => ({ errors }));
  assert.ok(refused.errors.length > 0, JSON.stringify(refused));
}

export async function house(url) {
  const socket = socketOf(url, authorization);
  await reads(socket);
  await listens(socket);
  const many = await Promise.all([...Array(20).keys()].map(() => all(socket, '{ city { slug } }')));
  assert.ok(many.every(([result]) => result.data.city.slug === 'taiyuan'));
  await socket.dispose();
  await assert.rejects(all(socketOf(url, 'Bearer nobody'), '{ city { slug } }'), (event) => event.code === 4403);
  console.log('graphql-ws ok');

  const events = createEvents({ url: `${url}/stream`, headers: { authorization }, retryAttempts: 0 });
  await reads(events);
  await listens(events);
  events.dispose();
  console.log('graphql-sse ok');
}
