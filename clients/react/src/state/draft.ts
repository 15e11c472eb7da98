import { useMemo } from 'react';

import { useConnectx } from '../provider/context.js';
import type { Session } from './session.js';

/** What of a form outlasts a reload and the way back to it. Never the password. */
export type DraftField = 'name' | 'email' | 'role' | 'invitedBy';

const FIELDS: readonly string[] = ['name', 'email', 'role', 'invitedBy'] satisfies DraftField[];
const KEY = 'connectx:draft';

type Draft = Partial<Record<DraftField, string>>;

/** What was typed in this tab's forms, until somebody is logged in. */
export function useDraft() {
  const { session } = useConnectx();
  return useMemo(() => draftOf(session), [session]);
}

function draftOf(session: Session) {
  const get = (): Draft => JSON.parse(sessionStorage.getItem(KEY) ?? '{}');
  return {
    get,
    keep: (field: string, value: string) => {
      if (!FIELDS.includes(field) || session.get().loggedIn) return;
      sessionStorage.setItem(KEY, JSON.stringify({ ...get(), [field]: value }));
    },
    forget: () => sessionStorage.removeItem(KEY),
  };
}
