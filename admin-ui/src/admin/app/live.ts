import { createClient, type Client as SocketClient } from 'graphql-ws';
import type { SubscriptionForwarder } from 'urql';

/** Subscriptions over graphql-transport-ws; the socket opens with the first of them and closes after the last. */
export function liveOperations(slug: string): SubscriptionForwarder {
  let socket: SocketClient | null = null;
  const open = () => {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    socket ??= createClient({ url: `${scheme}://${location.host}/${slug}/graphql`, lazy: true, retryAttempts: 1 });
    return socket;
  };
  return (request) => ({
    subscribe(sink) {
      const end = open().subscribe(
        { query: request.query ?? '', variables: request.variables as Record<string, unknown> },
        {
          next: (value) => sink.next(value as Parameters<typeof sink.next>[0]),
          error: (error) => sink.error(error),
          complete: () => sink.complete(),
        },
      );
      return { unsubscribe: end };
    },
  });
}
