import { useStored } from './stored.js';

/** A new password that waits for its code. Never the code, and never the password. */
export interface PendingReset {
  email: string;
  /** When the newest mail was asked for, in milliseconds on this device's clock. */
  sentAt: number;
  /** From when on another mail can be asked for, on the same clock. */
  resendFrom: number;
}

/** The forgotten password that this tab is about, and how to change it. */
export function usePendingReset() {
  return useStored<PendingReset>('connectx:pending-reset');
}
