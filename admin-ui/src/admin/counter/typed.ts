/** What was typed, pasted or read at the counter: one field takes all of it. */
export type Typed =
  | { kind: 'nothing' }
  | { kind: 'phone'; phone: string }
  | { kind: 'idNumber'; idNumber: string }
  | { kind: 'card'; text: string }
  | { kind: 'slip'; workerId: string }
  | { kind: 'unknown' };

const WIDE = /[０-９Ｘｘ]/g;
const narrow = (text: string) => text.replace(WIDE, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));

/** What the code of a registration slip holds: the address of the entry, wherever that server is reached at. */
const SLIP = /^https?[:：]\/\/[^/\s]+\/[^/\s]+\/workers\/([^/\s?#]+)\/?(?:[?#]\S*)?$/i;

function slipOf(text: string): string | null {
  try {
    return decodeURIComponent(SLIP.exec(text)?.[1] ?? '') || null;
  } catch {
    return null;
  }
}

/**
 * A telephone number, a citizen number, the code of a registration slip, or the text of a card reader: lines of key and value,
 * or values with bars.
 */
export function readTyped(typed: string): Typed {
  const text = narrow(typed).trim();
  if (!text) return { kind: 'nothing' };
  const workerId = slipOf(text);
  if (workerId) return { kind: 'slip', workerId };
  if (/[|｜:：=\n]/.test(text)) return { kind: 'card', text };
  const bare = text.replace(/[\s-]/g, '').replace(/^\+?86(?=1\d{10}$)/, '');
  if (/^1\d{10}$/.test(bare)) return { kind: 'phone', phone: bare };
  if (/^\d{17}[\dXx]$/.test(bare)) return { kind: 'idNumber', idNumber: bare.toUpperCase() };
  return { kind: 'unknown' };
}

/** Is what a field holds whole, so that the next one has its turn? */
export const isWhole = {
  idNumber: (text: string) => readTyped(text).kind === 'idNumber',
  phone: (text: string) => readTyped(text).kind === 'phone',
  code: (text: string) => /^\d{6}$/.test(text.trim()),
};

/** A mobile number, to which a code can be sent. */
export const isMobile = (text: string | undefined) => readTyped(text ?? '').kind === 'phone';
