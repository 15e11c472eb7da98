import { useState } from 'react';

import type { TypedDocumentString } from '../generated/graphql.js';
import { useConnectx } from '../provider/context.js';
import type { Answer } from './server.js';

/** Whether a mutation is on its way, and how to send it. */
export function useMutation<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
): [boolean, (variables: Variables) => Promise<Answer<Result>>] {
  const { server } = useConnectx();
  const [sending, setSending] = useState(false);
  const send = async (variables: Variables) => {
    setSending(true);
    const answer = await server.ask(document, variables);
    setSending(false);
    return answer;
  };
  return [sending, send];
}
