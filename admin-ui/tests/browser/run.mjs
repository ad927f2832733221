/** `node tests/browser/run.mjs [http://base] [public|admin|story] [--shots DIR]` against a running server. */
import { existsSync } from 'node:fs';
import { finish } from './kit.mjs';
import { publicPages } from './public.mjs';

const wanted = process.argv.filter((a) => ['public', 'admin', 'story'].includes(a));
const all = wanted.length === 0;

if (all || wanted.includes('public')) await publicPages();
if (all || wanted.includes('admin')) {
  const admin = new URL('./admin.mjs', import.meta.url);
  if (existsSync(admin)) await (await import(admin.href)).adminPages();
}
finish();
