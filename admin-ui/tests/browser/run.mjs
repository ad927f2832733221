/**
 * `node tests/browser/run.mjs [http://base] [public|acts|parts|hiring|story|dialogs|people|work|counter|admin|factor …] [--shots DIR]` against a running server with the
 * accounts of `yizhan demo` (`scripts/browser` starts one): YIZHAN_OFFICER, YIZHAN_PROVINCE, YIZHAN_ENROLS and YIZHAN_PASSWORD.
 */
import { acts } from './acts.mjs';
import { adminPages } from './admin.mjs';
import { counter } from './counter.mjs';
import { dialogs } from './dialogs.mjs';
import { factor } from './factor.mjs';
import { hiring } from './hiring.mjs';
import { check, finish, wreck } from './kit.mjs';
import { parts } from './parts.mjs';
import { people } from './people.mjs';
import { publicPages } from './public.mjs';
import { story } from './story.mjs';
import { work } from './work.mjs';

// The acts come before the story, which hands in the return; the story before the tour, which then has an import to look at.
const PARTS = {
  public: publicPages,
  acts,
  parts,
  hiring,
  story,
  dialogs,
  people,
  work,
  counter,
  admin: adminPages,
  factor,
};
const wanted = process.argv.filter((a) => a in PARTS);

for (const [name, part] of Object.entries(PARTS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const began = Date.now();
  try {
    await part();
  } catch (error) {
    check(`${name} runs to its end`, false, String(error));
    await wreck(name);
  }
  console.log(`     ${name}: ${Math.round((Date.now() - began) / 1000)} s`);
}
finish();
// A browser left over by a part that failed must not keep the run alive.
process.exit(process.exitCode);
