import { useRef, useState } from 'react';

import { useDraft } from '../../state/draft.js';
import { usePendingReset } from '../../state/reset.js';
import { NewPassword } from './NewPassword.js';
import { ResetRequest } from './ResetRequest.js';

/** The address is asked for, and then the code from the mail with the new password. */
export type ResetStep = 'request' | 'code';

/** Sets a new password for whoever has forgotten the old one. */
export function ResetPassword({ step, onStep, onSuccess }: {
  /** The step to show, for an app with an address for each. */
  step?: ResetStep;
  /** The mail is on its way, or another address is to be typed. */
  onStep?: (step: ResetStep) => void;
  /** The password is reset: `SignIn` comes next. */
  onSuccess?: () => void;
}) {
  const draft = useDraft();
  const [pending, setPending] = usePendingReset();
  const [reached, setReached] = useState<ResetStep>(pending ? 'code' : 'request');
  // What is shown stays until the app shows something else.
  const shown = useRef(pending);
  shown.current = pending ?? shown.current;

  const show = (next: ResetStep) => {
    setReached(next);
    onStep?.(next);
  };

  if ((step ?? reached) === 'request' || !shown.current) {
    return <ResetRequest onRequested={() => show('code')} />;
  }
  const { email } = shown.current;
  return (
    <NewPassword
      pending={shown.current}
      onResent={(resendFrom) => setPending({ email, resendFrom, sentAt: Date.now() })}
      onOtherAddress={() => setReached('request')}
      onSuccess={() => {
        draft.keep('email', email);
        setPending(null);
        onSuccess?.();
      }}
    />
  );
}
