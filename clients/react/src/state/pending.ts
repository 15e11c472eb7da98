import type { VerificationMethod } from '../generated/graphql.js';
import type { Policy } from '../server/answers.js';
import { useStored } from './stored.js';

/** A mail that proves an address. */
export interface SentMail {
  email: string;
  /** What the mail holds. */
  methods: VerificationMethod[];
  /** How long a code and a link work; null where the mail has none, or where it is not known. */
  otpSeconds: number | null;
  linkSeconds: number | null;
  /** When the newest mail was sent, in milliseconds on this device's clock; null if unknown. */
  sentAt: number | null;
}

/** How long a password may be, in characters. */
export interface PasswordLengths {
  least: number;
  most: number;
}

/** How long a password may be under a policy. */
export function lengthsOf({ passwordMinLength, passwordMaxLength }: Policy): PasswordLengths {
  return { least: passwordMinLength, most: passwordMaxLength };
}

/** An address that waits for its confirmation. */
export interface PendingVerification extends SentMail {
  /** The server's handle for this verification; null for one that this tab did not begin. */
  id: string | null;
  /** Logs this tab in once, after the confirmation; null like `id`. */
  continuation: string | null;
  /** From when on another mail can be asked for, on the same clock. */
  resendFrom: number;
  /** For the password that is chosen with the code; absent where the account has one already. */
  passwordLengths?: PasswordLengths;
  /** Another address that the person may have meant. */
  didYouMean?: string | null;
  /** Whether the address is confirmed, and only the login is left. */
  confirmed?: boolean;
}

const KEY = 'connectx:pending-verification';

/** What this tab waits for, and how to change it. */
export function usePendingVerification() {
  return useStored<PendingVerification>(KEY);
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
