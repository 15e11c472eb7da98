import { useEffect, useRef } from 'react';

import { ViewerSessionsDocument } from '../../../generated/graphql.js';
import { useConnectx } from '../../../provider/context.js';
import type { Session } from '../../../server/answers.js';
import { useQuery } from '../../../server/useQuery.js';
import { useSession } from '../../../state/session.js';
import { useSessionEnded } from '../sessionEnded.js';

/** Where the person is logged in, this device first; null while it is not known. */
export function useSessions() {
  const { session } = useConnectx();
  const [{ data, error, fetching }, askAgain] = useQuery(ViewerSessionsDocument, {});
  const endSession = useSessionEnded();
  const ended = !fetching && !error && data?.viewer === null;
  const { begun } = useSession();
  const listed = useRef(begun);

  useEffect(() => {
    if (ended) endSession();
    else if (data?.viewer) session.confirm();
  }, [ended, data]);

  // A change of the password opens another session here, and may end those elsewhere.
  useEffect(() => {
    if (listed.current !== begun) askAgain();
    listed.current = begun;
  }, [begun]);

  return {
    sessions: data?.viewer?.sessions?.toSorted(currentFirst) ?? null,
    fetching: fetching || ended,
    error,
    askAgain,
  };
}

function currentFirst(one: Session, other: Session): number {
  return Number(other.current) - Number(one.current);
}
