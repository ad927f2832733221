/**
 * `node tests/browser/run.mjs [http://base] [public|acts|story|admin|factor|dialogs …] [--shots DIR]` against a running server.
 * `dialogs` needs the mock (`npm run mock`) and is only run when named; `story` and `factor` need a server (`scripts/browser` starts one)
 * with the accounts of `yizhan demo`: YIZHAN_OFFICER, YIZHAN_PROVINCE, YIZHAN_ENROLS and YIZHAN_PASSWORD.
 */
import { acts } from './acts.mjs';
import { adminPages } from './admin.mjs';
import { dialogs } from './dialogs.mjs';
import { factor } from './factor.mjs';
import { check, finish, wreck } from './kit.mjs';
import { publicPages } from './public.mjs';
import { story } from './story.mjs';

const PARTS = { public: publicPages, acts, story, admin: adminPages, factor, dialogs };
const wanted = process.argv.filter((a) => a in PARTS);

for (const [name, part] of Object.entries(PARTS)) {
  // The story comes before the tour: the tour then has an import to look at. The acts come before the story, which hands in the return. `dialogs` needs the mock, so it is only run when named.
  if (wanted.length > 0 ? !wanted.includes(name) : name === 'dialogs') continue;
  try {
    await part();
  } catch (error) {
    check(`${name} runs to its end`, false, String(error));
    await wreck(name);
  }
}
finish();
// A browser left over by a part that failed must not keep the run alive.
process.exit(process.exitCode);
