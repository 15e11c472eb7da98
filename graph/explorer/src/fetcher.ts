import type { Fetcher } from '@graphiql/toolkit';
import { parse } from 'graphql';
import { createClient } from 'graphql-sse';

/** Posts an operation to the address of this page, as GraphQL over HTTP and over SSE have it. */
export const fetcher: Fetcher = async (operation, options) => {
  // The server refuses two sessions at once: a header that somebody typed goes before the cookie.
  const typed = Object.keys(options?.headers ?? {}).map((name) => name.toLowerCase());
  const credentials = typed.includes('authorization') ? 'omit' : 'same-origin';
  if (subscribes(operation.query, operation.operationName)) {
    const { pathname: url } = location;
    const { headers } = options ?? {};
    const events = createClient({ url, headers, credentials, retryAttempts: 0 });
    return events.iterate({ query: operation.query, variables: operation.variables });
  }
  const response = await fetch(location.pathname, {
    method: 'POST',
    credentials,
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

// Parsed here: the editor's own tree is some moments behind what was typed.
function subscribes(query: string, name: string | null | undefined): boolean {
  try {
    const operations = parse(query).definitions.filter(
      (definition) => definition.kind === 'OperationDefinition',
    );
    const asked = operations.find((operation) => operation.name?.value === name) ?? operations[0];
    return asked?.operation === 'subscription';
  } catch {
    return false; // the server says what is wrong with it
  }
}
