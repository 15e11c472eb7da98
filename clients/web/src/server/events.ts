import { createClient } from 'graphql-sse';

/**
 * Server-sent events, as they pass every proxy that passes this page. urql could read them too, but
 * its streams end with an uncaught error when they are not wanted any more.
 */
export const events = createClient({
  url: new URL('graphql', document.baseURI).href,
  retryAttempts: 0, // whoever follows a stream begins it anew
});
