/** What every browser check needs: a Chromium of the distribution, axe, and pages of two sizes. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const BASE = (
  process.argv.find((a) => /^https?:/.test(a)) ??
  process.env.YIZHAN_URL ??
  'http://127.0.0.1:8080'
).replace(/\/$/, '');
export const PASSWORD = process.env.YIZHAN_PASSWORD ?? 'Yizhan-2026';
export const SIZES = { phone: { width: 390, height: 844 }, desk: { width: 1440, height: 900 } };

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Between an answer and the next request it leads to. */
const QUIET_MS = 120;
const opened = new Set();

export async function browser() {
  const profile = mkdtempSync(join(tmpdir(), 'yizhan-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: FLAGS,
    viewport: SIZES.desk,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
    // Nothing moves, so nothing has to be waited out.
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(15_000);
  context.on('page', count);
  opened.add(context);
  return {
    context,
    async close() {
      opened.delete(context);
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

const underWay = new WeakMap();

/** Keeps account of what a page has asked for and not yet been answered. */
function count(page) {
  const state = { open: new Set(), since: Date.now() };
  underWay.set(page, state);
  const over = (request) => {
    state.open.delete(request);
    state.since = Date.now();
  };
  page.on('request', (request) => state.open.add(request));
  // Not when it is finished: an answer whose body nobody reads never is.
  page.on('response', (response) => over(response.request()));
  page.on('requestfailed', over);
}

/**
 * A page that has its heading, waits for nothing and has had its last answer a moment ago. On a slow machine a moment is
 * shorter than what leads to the next request: whoever looks for something that comes or goes waits for that itself.
 */
export async function ready(page) {
  await page.waitForSelector('h1');
  await page.waitForFunction(() => !document.querySelector('.waiting'));
  const state = underWay.get(page);
  for (const until = Date.now() + 15_000; Date.now() < until; await new Promise((next) => setTimeout(next, 20))) {
    if (state.open.size === 0 && Date.now() - state.since > QUIET_MS) break;
  }
  await page.waitForFunction(() => !document.querySelector('.waiting'));
}

let failures = 0;
let checks = 0;

export function check(name, ok, detail = '') {
  checks += 1;
  if (ok) console.log(`ok   ${name}`);
  else {
    failures += 1;
    console.log(`FAIL ${name}${detail ? `\n     ${detail}` : ''}`);
  }
}

/** Closes the run with the plain line a build server counts. */
export function finish() {
  console.log(`\n${checks - failures} passed, ${failures} failed`);
  process.exitCode = failures ? 1 : 0;
}

export async function axe(page, name) {
  await page.evaluate(axeSource);
  const result = await page.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }),
  );
  const found = result.violations.map(
    (v) =>
      `${v.id} (${v.impact}): ${v.nodes
        .slice(0, 4)
        .map((n) => `${n.target.join(' ')} — ${n.failureSummary?.split('\n')[1]?.trim() ?? ''}`)
        .join(' | ')}`,
  );
  check(`axe finds nothing on ${name}`, found.length === 0, found.join('\n     '));
}

/** Whatever reaches the console as an error or leaves the page as an exception is a failure of that page. */
export function watch(page) {
  const seen = [];
  page.on('pageerror', (error) => seen.push(`pageerror ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') seen.push(`console ${message.text()}`);
  });
  // The browser hands choosers over only while somebody listens: who begins to with the key that opens one is too late at times.
  page.on('filechooser', () => {});
  return seen;
}

/** Where a part stood when it broke: address and heading of every page still open, and a picture where pictures are wanted. */
export async function wreck(part) {
  for (const context of opened) {
    for (const page of context.pages()) {
      if (page.url() === 'about:blank') continue;
      console.log(
        `     at ${page.url()} “${await page
          .locator('h1')
          .first()
          .textContent({ timeout: 1000 })
          .catch(() => '')}”`,
      );
      const told = await page
        .evaluate(() => [
          `the focus is on ${document.activeElement?.outerHTML.slice(0, 160)}`,
          ...[...document.querySelectorAll('[role=alert], .ant-message, .ant-modal')].map((e) =>
            e.textContent.slice(0, 300),
          ),
        ])
        .catch(() => []);
      for (const line of told) console.log(`     ${line}`);
      await shot(page, shotsTo, `failed-${part}`).catch(() => {});
    }
    opened.delete(context);
    await context.close();
  }
}

export async function shot(page, directory, name) {
  if (!directory) return;
  mkdirSync(directory, { recursive: true });
  await page.screenshot({ path: join(directory, `${name}.png`), fullPage: true });
}

export const shotsTo = process.argv.includes('--shots')
  ? (process.argv[process.argv.indexOf('--shots') + 1] ?? 'shots')
  : null;
