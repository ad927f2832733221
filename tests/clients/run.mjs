// node run.mjs URL [audit|socket|events …]; everything by default.
import { audit } from './audit.mjs';
import { events } from './events.mjs';
import { socket } from './socket.mjs';

const all = { audit, socket, events };
const [url, ...names] = process.argv.slice(2);
for (const name of names.length > 0 ? names : Object.keys(all)) await all[name](url);
