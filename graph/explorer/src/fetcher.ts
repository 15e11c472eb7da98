import type { Fetcher } from '@graphiql/toolkit';
import { parse } from 'graphql';
import { createClient } from 'graphql-sse';

/** Posts an operation to the address of this page, as GraphQL over HTTP and over SSE have it. */
export const fetcher: Fetcher = async (operation, options) => {
  // The server refuses two sessions at once: a header that somebody typed goes before the cookie.
  const typed = Object.keys(options?.headers ?? {}).map((name) => name.toLowerCase());
  const credentials = typed.includes('authorization') ? 'omit' : 'same-origin';
  const chosen = chosenOperation(operation.query, operation.operationName);
  if (chosen?.operation === 'subscription') {
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
    body: JSON.stringify(chosen ? { ...operation, operationName: chosen.name?.value } : operation),
  });
  const answer = await response.text();
  try {
    return JSON.parse(answer);
  } catch {
    // A proxy in front of the server may answer in its own words: show them.
    throw new Error(`HTTP ${response.status}: ${answer}`);
  }
};

// Parsed here: for a moment after another tab is opened, the editor still tells the name of the
// operation in the tab before.
function chosenOperation(query: string, name: string | null | undefined) {
  try {
    const operations = parse(query).definitions.filter(
      (definition) => definition.kind === 'OperationDefinition',
    );
    return operations.find((operation) => operation.name?.value === name) ?? operations[0];
  } catch {
    return undefined; // the server says what is wrong with it
  }
}
