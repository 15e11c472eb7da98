import { Environment, Network, RecordSource, Store } from 'relay-runtime';
import type { GraphQLResponse } from 'relay-runtime';

const url = process.env.CONNECTX_URL ?? 'http://127.0.0.1:8000';

/** An environment whose requests carry what `token` gives at that time. */
export function connectx(token: () => string | undefined = () => undefined): Environment {
  const network = Network.create(async ({ text: query }, variables) => {
    const bearer = token();
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        accept: 'application/graphql-response+json',
        'content-type': 'application/json',
        ...(bearer && { authorization: `Bearer ${bearer}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as GraphQLResponse;
  });
  return new Environment({ network, store: new Store(new RecordSource()) });
}
