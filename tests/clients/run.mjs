// node run.mjs URL [audit|socket|events|house …]; without names what the transport's own test schema answers.
import { audit } from './audit.mjs';
import { events } from './events.mjs';
import { house } from './house.mjs';
import { socket } from './socket.mjs';

const all = { audit, socket, events, house };
const [url, ...names] = process.argv.slice(2);
for (const name of names.length > 0 ? names : ['audit', 'socket', 'events']) await all[name](url);
