/** After a build: the public pages stay light, and nothing in the two HTML files comes from elsewhere or runs inline. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT = 60 * 1024;
const dist = new URL('../dist/', import.meta.url);
const read = (path) => readFileSync(new URL(path.replace(/^\//, ''), dist), 'utf8');

/** A script and everything it imports without being asked. */
function closure(entry, seen = new Set()) {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  for (const [, file] of read(entry).matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g))
    closure(`/assets/${file}`, seen);
  return seen;
}

let failed = false;
const fail = (message) => {
  failed = true;
  console.error(`weigh: ${message}`);
};

for (const page of ['index.html', 'admin/index.html']) {
  const html = read(page);
  if (/<script(?![^>]*\bsrc=)/.test(html)) fail(`${page} has an inline script, which the policy of the server forbids`);
  for (const [, url] of html.matchAll(/(?:src|href)="([^"]+)"/g))
    if (!url.startsWith('/')) fail(`${page} points elsewhere: ${url}`);
}

const entry = /<script[^>]*src="([^"]+)"/.exec(read('index.html'))?.[1];

/** What a script loads when somebody goes where it is needed. */
const later = (file) =>
  [...read(file).matchAll(/import\(\s*["'`]\.\/([\w.-]+\.js)["'`]\s*\)/g)].map(([, f]) => `/assets/${f}`);

/** A script with everything that it may load by and by. */
function everything(file) {
  const seen = closure(file);
  // A set that grows while it is walked is walked to its new end.
  for (const known of seen) for (const lazy of later(known)) closure(lazy, seen);
  return seen;
}

const weigh = (files) => [...files].reduce((sum, file) => sum + gzipSync(read(file)).length, 0);
const kB = (bytes) => (bytes / 1024).toFixed(1);
const first = closure(entry);
console.log(`weigh: public script ${kB(weigh(first))} kB gzipped in ${first.size} files (limit ${LIMIT / 1024})`);

/** Nobody loads the words of two languages. */
const LANGUAGES = ['zh-CN', 'en'];
const sides = [...first].flatMap(later);
const weights = sides.flatMap((side) =>
  LANGUAGES.map((unread) =>
    weigh([...new Set([...first, ...everything(side)])].filter((file) => !file.includes(`/words-${unread}-`))),
  ),
);
const weight = Math.max(weigh(first), ...weights);
if (sides.length > 0) console.log(`weigh: with the heavier of work and hire ${kB(weight)} kB`);
if (weight > LIMIT) fail('the public pages have grown too heavy for a cheap phone');
process.exitCode = failed ? 1 : 0;
