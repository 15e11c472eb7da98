import { useEffect, useRef } from 'react';

import { VerificationChangedDocument, type VerificationStatus } from '../generated/graphql.js';
import { useConnectx } from '../provider/context.js';
import type { Server } from './server.js';

/** Milliseconds between two attempts. */
const SHORTEST = 1_000;
const LONGEST = 60_000;
/** After the end of a mail's code and link: another mail may have been sent from another device. */
const AFTER_EXPIRY = 4_000;

/**
 * Calls `onVerified` once the address is verified, wherever that happens. Another mail, sent at
 * `sentAt`, begins the stream anew.
 *
 * Nothing is said of a stream that breaks, as people can go on without it: it is asked for again,
 * ever more seldom, and at once when they come back to this page.
 */
export function useVerifiedElsewhere(
  id: string | null,
  sentAt: number | null,
  onVerified: () => void,
): void {
  const { server } = useConnectx();
  const newest = useRef(onVerified);
  newest.current = onVerified;

  useEffect(() => {
    return id ? follow(server, id, () => newest.current()) : undefined;
  }, [server, id, sentAt]);
}

/** Returns what ends it. */
function follow(server: Server, id: string, onVerified: () => void): () => void {
  let wait = SHORTEST;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop: (() => void) | undefined;
  let expired = false;
  let over = false;

  const begin = () => {
    clearTimeout(timer);
    stop = server.subscribe(VerificationChangedDocument, { id }, {
      onEvent: (data) => hear(data.verificationChanged),
      onEnd: ended,
    });
  };

  const hear = (status: VerificationStatus) => {
    wait = SHORTEST;
    expired = status === 'EXPIRED';
    if (status !== 'VERIFIED' || over) return;
    end();
    onVerified();
  };

  const ended = () => {
    stop = undefined;
    if (over) return;
    if (expired) return afterExpiry();
    // Not in step with all the others that have waited for a server to come back.
    timer = setTimeout(begin, wait * (0.5 + Math.random() / 2));
    wait = Math.min(LONGEST, wait * 2);
  };

  /** Asks as often as a person is quick, but only while somebody may be looking. */
  const afterExpiry = () => {
    expired = false;
    if (document.visibilityState === 'visible') timer = setTimeout(begin, AFTER_EXPIRY);
  };

  const comeBack = () => {
    if (document.visibilityState === 'visible' && !stop) begin();
  };

  const end = () => {
    over = true;
    document.removeEventListener('visibilitychange', comeBack);
    clearTimeout(timer);
    stop?.();
  };

  document.addEventListener('visibilitychange', comeBack);
  begin();
  return end;
}
