import { Client, fetchExchange } from 'urql';

import { token } from '../state/session';
import { fetchAndCompareClocks } from './time';

/**
 * Asks the server that this page came from.
 *
 * Without a cache: one screen shows one answer, and who is logged in must never be an old answer.
 */
export const client = new Client({
  url: new URL('graphql', document.baseURI).href,
  exchanges: [fetchExchange],
  fetch: fetchAndCompareClocks,
  fetchOptions: () => {
    const accessToken = token.get();
    return accessToken ? { headers: { authorization: `Bearer ${accessToken}` } } : {};
  },
  // A URL, and what is in it, ends up in logs.
  preferGetMethod: false,
});
