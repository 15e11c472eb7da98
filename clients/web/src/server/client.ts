import { Client, fetchExchange } from 'urql';

import { fetchAndCompareClocks } from './time';

/**
 * Asks the server that this page came from.
 *
 * Without a cache: one screen shows one answer, and who is logged in must never be an old answer.
 * The browser sends the session's cookie by itself, as the server is of the same origin.
 */
export const client = new Client({
  url: new URL('graphql', document.baseURI).href,
  exchanges: [fetchExchange],
  fetch: fetchAndCompareClocks,
  // A URL, and what is in it, ends up in logs; and the server takes the cookie only with a POST.
  preferGetMethod: false,
});
