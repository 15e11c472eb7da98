import { useEffect, useState } from 'react';

import { ViewerDocument } from '../../generated/graphql.js';
import { useConnectx } from '../../provider/context.js';
import { useAccountEvents } from '../../server/accountEvents.js';
import type { Viewer } from '../../server/answers.js';
import { useQuery } from '../../server/useQuery.js';
import { forgetEmailChange } from '../../state/emailChange.js';

/** Who is logged in, as it is now: also after a change or a logout in another tab. */
export function useAccount({ onSignedOut }: {
  /** Nobody is logged in any more, and why, in the person's language. */
  onSignedOut: (news: string) => void;
}) {
  const { session, words: { texts } } = useConnectx();
  const [{ data, error, fetching }, askAgain] = useQuery(ViewerDocument, {});
  /** The person after a change, until the server is asked again. */
  const [changed, setChanged] = useState<Viewer | null>(null);
  // A server that cannot tell answers null as well, and an error beside it.
  const ended = !fetching && !error && data?.viewer === null;

  const signedOut = (news: string) => {
    forgetEmailChange();
    session.end();
    onSignedOut(news);
  };

  /** Draws who is logged in now, and leaves the account where nobody is. */
  const follow = (viewer: Viewer | null) => {
    if (viewer) {
      session.confirm();
      setChanged(viewer);
    } else signedOut(session.get().kept ? texts.sessionEnded : texts.cookieNotKept);
  };

  const endSession = async () => {
    const viewer = await session.viewer();
    if (viewer !== undefined) follow(viewer);
  };

  useEffect(() => {
    if (ended) void endSession();
  }, [ended]);

  useEffect(() => {
    if (data?.viewer) session.confirm();
    setChanged(null);
  }, [data]);

  useAccountEvents(follow);

  return {
    /** Null while it is not known. */
    viewer: changed ?? data?.viewer ?? null,
    fetching: fetching || ended,
    error,
    /** For a change whose answer does not have the person. */
    askAgain,
    /** To be called with the person after a change. */
    changed: setChanged,
    /** To be called after a logout, or after the deletion was asked for. */
    signedOut,
    /** To be called where an answer says that the session has ended; it may be an old one. */
    endSession: () => void endSession(),
  };
}
