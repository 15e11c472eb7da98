import { useState } from 'react';

import type { VerificationMethod } from '../generated/graphql';

/** An address that waits for its confirmation. */
export interface PendingVerification {
  /** The server's handle for this verification; null for one that this tab did not begin. */
  id: string | null;
  /** Logs this tab in once, after the confirmation; null like `id`. */
  continuation: string | null;
  email: string;
  /** What the mail holds. */
  methods: VerificationMethod[];
  /** How long a code and a link work; null where the mail has none, or where it is not known. */
  otpSeconds: number | null;
  linkSeconds: number | null;
  /** When the newest mail was sent, in milliseconds on this device's clock; null like `id`. */
  sentAt: number | null;
  /** From when on another mail can be asked for, on the same clock. */
  resendFrom: number;
  /** Whether the address is confirmed, and only the login is left. */
  confirmed?: boolean;
}

const KEY = 'connectx:pending-verification';

/**
 * What this tab waits for, and how to change it.
 *
 * Kept in sessionStorage: people leave for their mail app, and phones discard tabs meanwhile.
 */
export function usePendingVerification() {
  const [pending, setPending] = useState(stored);
  const keep = (next: PendingVerification | null) => {
    if (next) sessionStorage.setItem(KEY, JSON.stringify(next));
    else sessionStorage.removeItem(KEY);
    setPending(next);
  };
  return [pending, keep] as const;
}

/** What is known of an address that turned out to be unconfirmed. */
export function waitingFor(
  email: string,
  methods: VerificationMethod[],
  known: PendingVerification | null,
): PendingVerification {
  if (known?.email === email) return known;
  return {
    id: null,
    continuation: null,
    email,
    methods,
    otpSeconds: null,
    linkSeconds: null,
    sentAt: null,
    resendFrom: 0,
  };
}

function stored(): PendingVerification | null {
  return JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
}
