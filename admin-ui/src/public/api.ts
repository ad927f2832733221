import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
import { prefs } from './prefs';

/** A document as either bundle of documents has it: its text, and what it asks and answers. */
export type AskedDocument<T, V> = DocumentTypeDecoration<T, V> & { toString(): string };

/** What went wrong, in words for the person: `refused` carries the server's own message. */
export class PublicFault extends Error {
  constructor(
    readonly kind: 'offline' | 'refused' | 'notFound' | 'signedOut',
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

/** Asks as a stranger: no cookie of a signed-in officer rides along. */
export function ask<T, V>(slug: string, document: AskedDocument<T, V>, variables: V): Promise<T> {
  return put(slug, document, variables, { credentials: 'omit', headers: {} });
}

/** The citizen's cookie is another than an officer's, and only a page of ours can add these headers. */
export const AS_CITIZEN = { 'x-yizhan-as': 'citizen', 'x-yizhan-csrf': '1' };

/** Asks as the citizen who is signed in here; whatever is refused is thrown, for nothing of one's own is half shown. */
export async function askOwn<T, V>(slug: string, document: AskedDocument<T, V>, variables: V): Promise<T> {
  return put(slug, document, variables, { credentials: 'same-origin', headers: AS_CITIZEN });
}

type Who = { credentials: RequestCredentials; headers: Record<string, string> };

/**
 * The patience is counted by hand, down to the last byte of the answer: `AbortSignal.timeout` is younger than many a
 * telephone.
 */
async function put<T, V>(slug: string, document: AskedDocument<T, V>, variables: V, who: Who): Promise<T> {
  const patience = new AbortController();
  const over = setTimeout(() => patience.abort(), PATIENCE_MS);
  const body = JSON.stringify({ query: document.toString(), variables });
  try {
    const [status, answer] = await exchange(slug, body, who, patience.signal);
    return read<T>(status, answer, who.credentials !== 'omit');
  } finally {
    clearTimeout(over);
  }
}

/** Only what the network does is taken for a missing network. */
async function exchange(slug: string, body: string, who: Who, signal: AbortSignal): Promise<[number, unknown]> {
  const request: RequestInit = {
    method: 'POST',
    credentials: who.credentials,
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      'accept-language': prefs.language,
      ...who.headers,
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

function read<T>(status: number, body: unknown, whole: boolean): T {
  if (status === 404) throw new PublicFault('notFound', '');
  const answer = body as Answer<T>;
  const error = answer.errors?.[0];
  if (error?.extensions?.code === 'UNAUTHENTICATED') throw new PublicFault('signedOut', error.message);
  if (!answer.data || (whole && error)) throw new PublicFault('refused', error?.message ?? String(status));
  return answer.data;
}
