import type { TypedDocumentString } from './gql/graphql';
import { prefs } from './prefs';

/** What went wrong, in words for the person: `refused` carries the server's own message. */
export class PublicFault extends Error {
  constructor(
    readonly kind: 'offline' | 'refused' | 'notFound',
    message: string,
  ) {
    super(message);
  }
}

interface Answer<T> {
  data?: T | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

const PATIENCE_MS = 15_000;

/**
 * Asks as a stranger: no cookie of a signed-in officer rides along. The patience is counted by hand, down to the last
 * byte of the answer: `AbortSignal.timeout` is younger than many a telephone.
 */
export async function ask<T, V>(slug: string, document: TypedDocumentString<T, V>, variables: V): Promise<T> {
  const patience = new AbortController();
  const over = setTimeout(() => patience.abort(), PATIENCE_MS);
  const body = JSON.stringify({ query: document.toString(), variables });
  try {
    return read<T>(...(await exchange(slug, body, patience.signal)));
  } finally {
    clearTimeout(over);
  }
}

/** Only what the network does is taken for a missing network. */
async function exchange(slug: string, body: string, signal: AbortSignal): Promise<[number, unknown]> {
  const request: RequestInit = {
    method: 'POST',
    credentials: 'omit',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      'accept-language': prefs.language,
    },
    body,
    signal,
  };
  try {
    const response = await fetch(`/${slug}/graphql`, request);
    return [response.status, response.status === 404 ? null : await response.json()];
  } catch {
    throw new PublicFault('offline', '');
  }
}

function read<T>(status: number, body: unknown): T {
  if (status === 404) throw new PublicFault('notFound', '');
  const answer = body as Answer<T>;
  if (!answer.data) throw new PublicFault('refused', answer.errors?.[0]?.message ?? String(status));
  return answer.data;
}
