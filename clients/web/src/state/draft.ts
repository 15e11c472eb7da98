import { session } from './session';

/** What of a form outlasts a reload and the way back to it. Never the password. */
export type DraftField = 'name' | 'email' | 'role' | 'invitedBy';

const FIELDS: readonly string[] = ['name', 'email', 'role', 'invitedBy'] satisfies DraftField[];
const KEY = 'connectx:draft';

type Draft = Partial<Record<DraftField, string>>;

/** What was typed in this tab's forms, until somebody is logged in. */
export const draft = {
  get: (): Draft => JSON.parse(sessionStorage.getItem(KEY) ?? '{}'),
  keep: (field: string, value: string) => {
    if (!FIELDS.includes(field) || session.get().loggedIn) return;
    sessionStorage.setItem(KEY, JSON.stringify({ ...draft.get(), [field]: value }));
  },
  forget: () => sessionStorage.removeItem(KEY),
};
