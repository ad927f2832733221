import { Client, cacheExchange, fetchExchange, mapExchange, subscriptionExchange } from 'urql';
import { currentDisplay } from './display';
import { liveOperations } from './live';

/** Raised when the server no longer knows the session; the shell then asks to sign in again. */
export const SESSION_LOST = 'yizhan:session-lost';

export function endpoint(slug: string) {
  return `/${slug}/graphql`;
}

export function headers(): Record<string, string> {
  return { 'accept-language': currentDisplay().language, 'x-yizhan-csrf': '1' };
}

/**
 * One client per city and signed-in person: its cache must not outlive either. Signing in goes without credentials, so
 * that the cookie of a session that is over cannot stand in its way.
 */
export function makeClient(slug: string, credentials: RequestCredentials = 'same-origin'): Client {
  return new Client({
    url: endpoint(slug),
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    fetchOptions: () => ({ credentials, headers: headers() }),
    exchanges: [
      mapExchange({
        onResult(result) {
          if (result.error?.graphQLErrors.some((e) => e.extensions.code === 'UNAUTHENTICATED')) {
            window.dispatchEvent(new Event(SESSION_LOST));
          }
        },
      }),
      cacheExchange,
      fetchExchange,
      subscriptionExchange({ forwardSubscription: liveOperations(slug) }),
    ],
  });
}
