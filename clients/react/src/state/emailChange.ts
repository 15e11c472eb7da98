import type { SentMail } from './pending.js';
import { store, useStored } from './stored.js';

/** A new address that waits for its confirmation. */
export interface PendingEmailChange extends SentMail {
  /** The server's handle for this verification. */
  id: string;
  /** Whether the old address has to agree as well. */
  asksOld: boolean;
  /** Whether the new address is confirmed, and only the agreement of the old one is left. */
  confirmed?: boolean;
}

const KEY = 'connectx:pending-email-change';

/** The change of the address that was begun in this tab, and how to change it. */
export function usePendingEmailChange() {
  return useStored<PendingEmailChange>(KEY);
}

/** It is for the session that began it. */
export function forgetEmailChange(): void {
  store(KEY, null);
}
