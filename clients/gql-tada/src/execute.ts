import type { TadaDocumentNode } from 'gql.tada';
import { print } from 'graphql';

const url = process.env.CONNECTX_URL ?? 'http://127.0.0.1:8000';

/** What an operation answers, expected failures included. Throws if the server refuses the request. */
export async function execute<Result, Variables>(
  document: TadaDocumentNode<Result, Variables>,
  variables: Variables,
  token?: string,
): Promise<Result> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      accept: 'application/graphql-response+json',
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query: print(document), variables }),
  });
  const { data, errors } = (await response.json()) as {
    data?: Result | null;
    errors?: { message: string }[];
  };
  if (errors !== undefined || !data) {
    throw new Error(errors?.map((error) => error.message).join('\n') ?? 'no data');
  }
  return data;
}
