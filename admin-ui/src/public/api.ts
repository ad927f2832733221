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

/** Asks as a stranger: no cookie of a signed-in officer rides along. */
export async function ask<T, V>(slug: string, document: TypedDocumentString<T, V>, variables: V): Promise<T> {
  let response: Response;
  const patience = new AbortController();
  const over = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    response = await fetch(`/${slug}/graphql`, {
      method: 'POST',
      credentials: 'omit',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        'accept-language': prefs.language,
      },
      body: JSON.stringify({ query: document.toString(), variables }),
      signal: patience.signal,
    });
  } catch {
    throw new PublicFault('offline', '');
  } finally {
    clearTimeout(over);
  }
  if (response.status === 404) throw new PublicFault('notFound', '');
  let answer: Answer<T>;
  try {
    answer = (await response.json()) as Answer<T>;
  } catch {
    throw new PublicFault('offline', '');
  }
  const error = answer.errors?.[0];
  if (!answer.data) throw new PublicFault('refused', error?.message ?? String(response.status));
  return answer.data;
}
