import { useSyncExternalStore } from 'react';

import { ViewerDocument } from '../generated/graphql.js';
import { useConnectx } from '../provider/context.js';
import type { Viewer } from '../server/answers.js';
import type { Server } from '../server/server.js';

/** What this tab knows of the session, which the browser may keep in a cookie. */
interface Known {
  /** Whether somebody is logged in, as far as the server has told. */
  loggedIn: boolean;
  /** Counts the cookies or tokens that this tab was given: a changed password gives another one. */
  begun: number;
  /** Whether the server has told who is logged in since then: the browser has kept the cookie. */
  kept: boolean;
}

export type Session = ReturnType<typeof createSession>;

/** Keeps track of the session at one server. */
export function createSession(server: Server, startsSignedIn: boolean) {
  let known: Known = { loggedIn: startsSignedIn, begun: 0, kept: true };
  const listeners = new Set<() => void>();
  /** The newest request that may set another cookie; its answer, once there is one. */
  let change: Promise<unknown> = Promise.resolve();

  const learn = (news: Partial<Known>) => {
    known = { ...known, ...news };
    listeners.forEach((changed) => changed());
  };

  const session = {
    get: () => known,
    /** A login or a change of the password has set the cookie, or has answered with the token. */
    begin: (answer: { __typename: string; accessToken?: string }) => {
      server.token = answer.accessToken ?? null;
      learn({ loggedIn: true, begun: known.begun + 1, kept: false });
    },
    /** The server has told who is logged in. */
    confirm: () => {
      if (!known.loggedIn || !known.kept) learn({ loggedIn: true, kept: true });
    },
    /** Remembers a request that may set another cookie: `viewer` waits for its answer. */
    change: <Result>(answer: Promise<Result>): Promise<Result> => {
      change = answer;
      return answer;
    },
    /**
     * Who is logged in, as the server tells it now; null if nobody is, and undefined if it is away.
     *
     * A request of before a change of the password has the old cookie, and its answer is old news.
     */
    viewer: async (): Promise<Viewer | null | undefined> => {
      await change;
      const { begun } = known;
      const newest = change;
      const { data, error } = await server.ask(ViewerDocument, {});
      if (known.begun !== begun || change !== newest) return session.viewer();
      return error || !data ? undefined : (data.viewer ?? null);
    },
    end: () => {
      server.token = null;
      learn({ loggedIn: false });
    },
    /** Asks the server whether somebody is logged in, as it may have happened in another tab. */
    ask: async () => {
      if (known.loggedIn) return;
      const { data } = await server.ask(ViewerDocument, {});
      if (data?.viewer) learn({ loggedIn: true, kept: true });
    },
    subscribe: (changed: () => void) => {
      listeners.add(changed);
      return () => {
        listeners.delete(changed);
      };
    },
  };
  return session;
}

/** What this tab knows of the session; a component is drawn anew when something of it changes. */
export function useSession() {
  const { session, server } = useConnectx();
  const { loggedIn, begun } = useSyncExternalStore(session.subscribe, session.get);
  return {
    loggedIn,
    begun,
    /** Asks the server whether somebody is logged in. */
    ask: session.ask,
    /** The token for other APIs of the app; null where the session is in a cookie. */
    token: () => server.token,
  };
}
