import { useEffect, useRef } from 'react';

import { useConnectx } from '../provider/context.js';
import { useVerifiedElsewhere } from '../server/elsewhere.js';
import { useDraft } from '../state/draft.js';
import { usePendingVerification } from '../state/pending.js';

/** What a component hears that waits for an address to be verified. */
export interface VerifyEmailOutcomes {
  /** The address is verified, and the person has to log in. */
  onVerified?: () => void;
  /** The address is verified, and the person is logged in. */
  onSignedIn?: () => void;
}

/**
 * The verification that this tab waits for, and what becomes of it: by a code that is typed here,
 * or elsewhere, as by the link in a mail that was opened on a phone.
 */
export function useVerifyEmail({ onVerified, onSignedIn }: VerifyEmailOutcomes) {
  const { session } = useConnectx();
  const draft = useDraft();
  const [pending, setPending] = usePendingVerification();
  const isShown = useRef(true);

  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);

  /** The person has to log in: there is no continuation, or it is of no use. */
  const askToSignIn = () => {
    setPending(null);
    // Whoever went back to a form while the answer was on its way stays there.
    if (!isShown.current) return;
    if (pending) draft.keep('email', pending.email);
    onVerified?.();
  };

  const verified = () => {
    if (!pending || session.get().loggedIn) return; // the stream told it before the answer
    if (pending.continuation) setPending({ ...pending, confirmed: true });
    else askToSignIn();
  };

  const signedIn = () => {
    draft.forget();
    setPending(null);
    onSignedIn?.();
  };

  const isWaiting = pending !== null && !pending.confirmed;
  useVerifiedElsewhere(isWaiting ? pending.id : null, pending?.sentAt ?? null, verified);

  return {
    /** Null where this tab waits for nothing. */
    pending,
    /** To be called once the code was right. */
    verified,
    /** To be called once another mail is on its way. */
    resent: (resendFrom: number) => {
      if (pending) setPending({ ...pending, resendFrom, sentAt: Date.now() });
    },
    signedIn,
    askToSignIn,
  };
}
