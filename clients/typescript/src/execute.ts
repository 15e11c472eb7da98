import type { TypedDocumentString } from './gql/graphql';

const url = process.env.CONNECTX_URL ?? 'http://127.0.0.1:8000';

/** Whether ids go in the documents' place: to a server that trusts `gql/persisted-documents.json`. */
const sendIds = process.env.CONNECTX_SEND_IDS === 'on';

/**
 * What an operation answers, expected failures included. Throws if the server refuses the request
 * or a query fails: a bug on one side or an outage, nothing for the person to mend.
 */
export async function execute<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
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
    body: JSON.stringify({
      ...(sendIds ? { documentId: document.__meta__?.hash } : { query: document }),
      variables,
    }),
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
