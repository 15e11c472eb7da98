// Subscribes to each verification, with a client and a connection of its own, and prints what comes:
//
//     node subscribe.mjs ws|sse http://127.0.0.1:8000/graphql <id>...
//
// A line is [the id's number, "next" | "error" | "complete", what came].
import { createClient as createEventStreamClient } from 'graphql-sse';
import { createClient as createWebSocketClient } from 'graphql-ws';
import WebSocket from 'ws';

const [transport, url, ...ids] = process.argv.slice(2);
const query = 'subscription ($id: ID!) { verificationChanged(id: $id) }';

const newClient = {
  ws: () =>
    createWebSocketClient({
      url: url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      // Also where nobody listens yet; as it comes, it tries again after a close only.
      shouldRetry: () => true,
    }),
  sse: () => createEventStreamClient({ url }),
}[transport];

ids.forEach((id, number) => {
  const told = (kind, value) => console.log(JSON.stringify([number, kind, value]));
  newClient().subscribe(
    { query, variables: { id } },
    {
      // graphql-ws gives errors to `error`, graphql-sse the event as it came.
      next: ({ data, errors }) => told(errors ? 'error' : 'next', data ?? errors),
      error: (error) => told('error', Array.isArray(error) ? error : String(error)),
      complete: () => told('complete', null),
    },
  );
});
