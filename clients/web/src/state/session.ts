import { useSyncExternalStore } from 'react';

import { ViewerDocument } from '../generated/graphql';
import { client } from '../server/client';
import { isShown } from './route';

/** What this tab knows of the session, which the browser keeps in a cookie that no script reads. */
interface Known {
  /** Whether somebody is logged in, as far as the server has told. */
  loggedIn: boolean;
  /** Counts the cookies that this tab was given: a change of the password gives another one. */
  cookies: number;
  /** Whether the server has told who is logged in since then: the browser has kept the cookie. */
  kept: boolean;
}

// On the account screen, which asks by itself, somebody was logged in when it was left.
let known: Known = { loggedIn: isShown('account'), cookies: 0, kept: true };
const listeners = new Set<() => void>();

function learn(news: Partial<Known>) {
  known = { ...known, ...news };
  listeners.forEach((changed) => changed());
}

export const session = {
  get: () => known,
  /** A login, or a change of the password, has set the cookie. */
  begin: () => learn({ loggedIn: true, cookies: known.cookies + 1, kept: false }),
  /** The server has told who is logged in. */
  confirm: () => learn({ loggedIn: true, kept: true }),
  end: () => learn({ loggedIn: false }),
  /** Asks the server whether somebody is logged in, as it may have happened in another tab. */
  ask: async () => {
    if (known.loggedIn) return;
    const { data } = await client.query(ViewerDocument, {});
    if (data?.viewer) session.confirm();
  },
};

/** The same for a component, which is drawn anew when something of it changes. */
export function useSession(): Known {
  return useSyncExternalStore(subscribe, session.get);
}

function subscribe(changed: () => void) {
  listeners.add(changed);
  return () => listeners.delete(changed);
}
