/** What of a work record is asked about: its number, its fingerprint, and the city's signature. */
export interface Seal {
  number: string;
  digest: string;
  signature: string;
}

/** What a file says, for whoever compares it with what was told. */
export interface Said {
  name: string;
  city: string;
  issuedAt: string;
  days: number;
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

/**
 * Reads the file of a work record; nothing where it is none. Its fingerprint is reckoned from its very text: the one that stands
 * beside it says nothing of what was changed.
 */
export async function readRecord(file: string): Promise<{ seal: Seal; said: Said } | null> {
  const outer = objectOf(file);
  const text = textOf(outer?.record);
  const inner = objectOf(text);
  const number = textOf(inner?.number);
  const signature = textOf(outer?.signature);
  if (!number || !signature) return null;
  const sums = inner?.sums as { days?: unknown } | null | undefined;
  const said = {
    name: textOf(inner?.name),
    city: textOf(inner?.city_name),
    issuedAt: textOf(inner?.issued_at),
    days: Number(sums?.days) || 0,
  };
  return { seal: { number, digest: await sha256(text), signature }, said };
}

function objectOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
