import type { Fetcher, FetcherOpts } from '@graphiql/toolkit';
import { createClient } from 'graphql-sse';

/** Posts an operation to the address of this page, as GraphQL over HTTP and over SSE have it. */
export const fetcher: Fetcher = async (operation, options) => {
  if (subscribes(operation.operationName, options)) {
    const { pathname: url } = location;
    const events = createClient({ url, headers: options?.headers, retryAttempts: 0 });
    return events.iterate({ query: operation.query, variables: operation.variables });
  }
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

function subscribes(name: string | null | undefined, options: FetcherOpts | undefined): boolean {
  const operations = (options?.documentAST?.definitions ?? []).filter(
    (definition) => definition.kind === 'OperationDefinition',
  );
  const asked = operations.find((operation) => operation.name?.value === name) ?? operations[0];
  return asked?.operation === 'subscription';
}
