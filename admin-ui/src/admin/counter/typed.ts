/** What was typed, pasted or read at the counter: one field takes all of it. */
export type Typed =
  | { kind: 'nothing' }
  | { kind: 'phone'; phone: string }
  | { kind: 'idNumber'; idNumber: string }
  | { kind: 'card'; text: string }
  | { kind: 'unknown' };

const WIDE = /[０-９Ｘｘ]/g;
const narrow = (text: string) => text.replace(WIDE, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));

/** A telephone number, a citizen number, or the text of a card reader: lines of key and value, or values with bars. */
export function readTyped(typed: string): Typed {
  const text = narrow(typed).trim();
  if (!text) return { kind: 'nothing' };
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
