import { useEffect, useReducer, useState } from 'react';

import type { TypedDocumentString } from '../generated/graphql.js';
import { useConnectx } from '../provider/context.js';
import type { Answer } from './server.js';

export interface Asked<Result> extends Answer<Result> {
  /** Whether an answer is on its way. */
  fetching: boolean;
}

/** What the server answers to a query, and how to ask again. An old answer stays until then. */
export function useQuery<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): [Asked<Result>, () => void] {
  const { server } = useConnectx();
  const [asked, setAsked] = useState<Asked<Result>>({ fetching: true });
  const [times, askAgain] = useReducer((count: number) => count + 1, 0);

  useEffect(() => {
    let isOld = false;
    setAsked((before) => ({ ...before, fetching: true }));
    void server.ask(document, variables).then((answer) => {
      if (!isOld) setAsked({ ...answer, fetching: false });
    });
    return () => {
      isOld = true;
    };
  }, [server, document, JSON.stringify(variables), times]);

  return [asked, askAgain];
}
