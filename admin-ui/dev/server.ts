/**
 * A stand-in for the server while pages are drawn: same addresses, made-up Taiyuan data, nothing kept.
 * `npm run build && npm run mock`, then http://127.0.0.1:4010/. Accounts: bureau, totp (code 123456), newcomer, locked;
 * province signs in at “platform”. The password of all is Yizhan-2026.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { buildSchema, execute, GraphQLError, isEnumType, parse, subscribe, validate } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { toString as qr } from 'qrcode';
import { WebSocketServer } from 'ws';
import { cityBySlug } from './data/places';
import type { Ctx } from './kit';
import { houseMutations, houseQueries, jobs } from './roots/house';
import { importMutations, importQueries, uploads } from './roots/imports';
import { marketMutations, marketQueries } from './roots/markets';
import { peopleMutations, peopleQueries, tokens } from './roots/people';
import { personalMutations } from './roots/personal';
import { returnMutations, returnQueries } from './roots/returns';

const PORT = Number(process.env.PORT ?? 4010);
const DIST = join(import.meta.dirname, '../dist');
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};
/** The policy the real server sends, so that a page that would break there breaks here. */
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'STYLE; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const schema = buildSchema(readFileSync(join(import.meta.dirname, '../../tests/golden/schema.graphql'), 'utf8'));
// The stand-in refuses in the server's manner, not with its codes.
for (const type of Object.values(schema.getTypeMap()))
  if (isEnumType(type) && type.name.endsWith('RefusalCode')) type.serialize = String;
const rootValue = {
  ...marketQueries,
  ...peopleQueries,
  ...houseQueries,
  ...importQueries,
  ...returnQueries,
  ...marketMutations,
  ...peopleMutations,
  ...personalMutations,
  ...houseMutations,
  ...importMutations,
  ...returnMutations,
  async *jobChanged({ id }: { id: string }) {
    let last = '';
    for (;;) {
      const job = jobs.find((j) => j.id === id);
      if (!job) return;
      const state = `${job.status}${job.progress}`;
      if (state !== last) yield { jobChanged: { ...job } };
      last = state;
      if (job.status !== 'RUNNING' && job.status !== 'QUEUED') return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  },
};

const PUBLIC_FIELDS = [
  'city',
  'cities',
  'divisions',
  'trades',
  'directory',
  'publicMarket',
  'signIn',
  'acceptInvitation',
  '__schema',
  '__typename',
  'me',
];

function context(request: IncomingMessage, slug: string): Ctx {
  const token = /yizhan_mock=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? null;
  const language = request.headers['accept-language']?.startsWith('en') ? 'en' : 'zh-CN';
  return { slug, language, token, account: token ? (tokens.get(token) ?? null) : null };
}

async function body(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function json(response: ServerResponse, value: unknown, status = 200) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

async function graphql(request: IncomingMessage, response: ServerResponse, slug: string) {
  const { query, variables, operationName } = JSON.parse((await body(request)).toString()) as {
    query: string;
    variables: Record<string, unknown>;
    operationName?: string;
  };
  const ctx = context(request, slug);
  if (ctx.token && request.headers['x-yizhan-csrf'] !== '1')
    return json(response, { errors: [{ message: 'csrf' }] }, 403);
  const document = parse(query);
  const errors = validate(schema, document);
  if (errors.length) return json(response, { errors }, 400);
  const fields = document.definitions.flatMap((d) =>
    d.kind === 'OperationDefinition'
      ? d.selectionSet.selections.map((s) => (s.kind === 'Field' ? s.name.value : ''))
      : [],
  );
  if (!ctx.account && fields.some((f) => !PUBLIC_FIELDS.includes(f)))
    return json(response, { errors: [new GraphQLError('请先登录。', { extensions: { code: 'UNAUTHENTICATED' } })] });
  const result = await execute({
    schema,
    document,
    rootValue,
    contextValue: ctx,
    variableValues: variables,
    operationName,
  });
  json(response, JSON.parse(JSON.stringify(result)));
}

async function session(request: IncomingMessage, response: ServerResponse, slug: string) {
  if (request.method === 'DELETE') {
    response
      .writeHead(204, { 'set-cookie': `yizhan_mock=; Path=/${slug}/; Max-Age=0; HttpOnly; SameSite=Strict` })
      .end();
    return;
  }
  const { token } = JSON.parse((await body(request)).toString()) as { token: string };
  response.writeHead(204, { 'set-cookie': `yizhan_mock=${token}; Path=/${slug}/; HttpOnly; SameSite=Strict` }).end();
}

function page(path: string, response: ServerResponse) {
  const file = normalize(join(DIST, path));
  const isAsset = extname(path) !== '' && file.startsWith(DIST) && existsSync(file);
  const served = isAsset ? file : join(DIST, /^\/admin(\/|$)/.test(path) ? 'admin/index.html' : 'index.html');
  response
    .writeHead(200, {
      'content-type': TYPES[extname(served)] ?? 'application/octet-stream',
      'content-security-policy': CSP.replace('STYLE', served.includes('/admin/') ? " 'unsafe-inline'" : ''),
    })
    .end(readFileSync(served));
}

const server = createServer((request, response) => {
  void (async () => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const [slug = '', area, key, tail] = url.pathname.split('/').filter(Boolean);
    if (slug !== 'admin' && slug !== 'assets' && slug && !cityBySlug(slug) && request.method === 'POST')
      return json(response, { errors: [{ message: 'no such city' }] }, 404);
    if (area === 'graphql' && request.method === 'POST') return graphql(request, response, slug);
    if (area === 'session' && slug !== 'admin') return session(request, response, slug);
    if (area === 'uploads' && request.method === 'PUT') {
      const bytes = await body(request);
      const upload = uploads.get(key ?? '');
      if (upload) upload.bytes = bytes.length;
      response.writeHead(upload ? 204 : 404).end();
      return;
    }
    if (area === 'markets' && tail === 'qr.svg') {
      response
        .writeHead(200, { 'content-type': 'image/svg+xml' })
        .end(await qr(`http://127.0.0.1:${PORT}/${slug}/markets/${key}`, { type: 'svg', margin: 1 }));
      return;
    }
    if (area === 'files') {
      response.writeHead(200, { 'content-disposition': `attachment; filename="${key}"` }).end('mock');
      return;
    }
    page(url.pathname, response);
  })().catch((error: unknown) => {
    console.error(error);
    json(response, { errors: [{ message: 'internal' }] }, 500);
  });
});

const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'graphql-transport-ws' });
useServer(
  { schema, roots: { subscription: rootValue }, execute, subscribe, context: (c) => context(c.extra.request, '') },
  sockets,
);
server.on('upgrade', (request, socket, head) =>
  sockets.handleUpgrade(request, socket, head, (ws) => sockets.emit('connection', ws, request)),
);

server.listen(PORT, '127.0.0.1', () => console.log(`mock on http://127.0.0.1:${PORT}/`));
