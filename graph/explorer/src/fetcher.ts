import type { Fetcher } from '@graphiql/toolkit';

/** Posts an operation to the address of this page, as GraphQL over HTTP has it. */
export const fetcher: Fetcher = async (operation, options) => {
  const response = await fetch(location.pathname, {
    method: 'POST',
    headers: {
      Accept: 'application/graphql-response+json, application/json;q=0.9',
      'Content-Type': 'application/json',
      ...options?.headers,
    },
    body: JSON.stringify(operation),
  });
  const answer = await response.text();
  try {
    return JSON.parse(answer);
  } catch {
    // A proxy in front of the server may answer in its own words: show them.
    throw new Error(`HTTP ${response.status}: ${answer}`);
  }
};
