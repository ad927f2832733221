// Servers for a script that needs one: each on a port of its own over new data, with its log, until `end`.
const { spawn } = require('node:child_process');
const { randomInt } = require('node:crypto');
const { mkdtempSync, openSync, readFileSync, rmSync } = require('node:fs');
const { createServer } = require('node:net');
const { tmpdir } = require('node:os');
const { join, resolve } = require('node:path');

const root = resolve(__dirname, '..');
const built = join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'debug');

const nobodyListens = (port) =>
  new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)));
  });

/** A server binds its port a while after it was found free, so no other one is told it meanwhile. */
const told = new Set();

/** A port below those the system hands out by itself: nobody's connection takes it before the server does. */
async function freePort() {
  while (told.size < 200) {
    const port = randomInt(20_000, 32_000);
    if (told.has(port)) continue;
    told.add(port);
    if (await nobodyListens(port)) return port;
  }
  throw new Error('found no port on which nobody listens');
}

const ended = (child) => new Promise((done) => child.once('exit', (code, signal) => done(code ?? signal)));

/** Starts a program that listens: `args` are given its address. Its data and its log lie in a folder that goes with it. */
async function start(name, program, args) {
  const home = mkdtempSync(join(tmpdir(), `yizhan-${name}-`));
  const log = join(home, 'log');
  const out = openSync(log, 'a');
  const listen = `127.0.0.1:${await freePort()}`;
  const base = `http://${listen}`;
  const child = spawn(program, args(listen, home), {
    stdio: ['ignore', out, out],
    env: { ...process.env, YIZHAN_PUBLIC_URL: base },
  });
  const server = { name, base, gone: false };
  child.once('error', () => { server.gone = true; });
  const over = ended(child).then(() => { server.gone = true; });
  server.lastLines = () => readFileSync(log, 'utf8').split('\n').slice(-40).join('\n');
  server.end = async () => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
    if (!server.gone) await over;
    clearTimeout(late);
    rmSync(home, { recursive: true, force: true });
  };
  return server;
}

/** The demo: eleven cities, and accounts that share one password. */
const demo = (password) =>
  start('demo', join(built, 'yizhan'), (listen, home) => [
    'demo', '--data-dir', join(home, 'data'), '--listen', listen, '--password', password,
  ]);

/** Waits until a server answers at `path`; fails when it ends before, or never does. */
async function ready(server, path) {
  const until = Date.now() + 120_000;
  while (Date.now() < until && !server.gone) {
    if (await fetch(server.base + path).then((r) => r.ok, () => false)) return;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error(`${server.name} did not start`);
}

/** Runs a Node program to its end; fails with what it was for. */
async function run(what, program, args, env) {
  const child = spawn(process.execPath, [join(root, program), ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  if ((await ended(child)) !== 0) throw new Error(`${what} failed`);
}

/** Lets `work` use servers, then ends them all; where it fails, says why and shows what they said last. */
async function withServers(name, work) {
  const servers = [];
  try {
    await work((server) => { servers.push(server); return server; });
  } catch (error) {
    console.error(`${name}: ${error.message}`);
    for (const server of servers) console.error(`${name}: the end of the log of ${server.name}:\n${server.lastLines()}`);
    process.exitCode = 1;
  }
  for (const server of servers) await server.end();
}

module.exports = { built, demo, ready, run, start, withServers };
