import { useState } from 'react';

import { RefusalNotice } from '../../form/RefusalNotice.js';
import { useWords } from '../../provider/context.js';
import { useResetMail } from '../../server/mails.js';
import type { PendingReset } from '../../state/reset.js';
import { Elsewhere } from '../Elsewhere.js';
import { ResendMail } from '../ResendMail.js';
import { Screen } from '../Screen.js';
import { CodeLasts, InboxLink } from '../SentMail.js';
import { NewPasswordForm } from './NewPasswordForm.js';

/** How long the code works: the same under every policy, as the schema says. */
const CODE_SECONDS = 600;

/** Waits for the code of the mail. */
export function NewPassword({ pending, onResent, onOtherAddress, onSuccess }: {
  pending: PendingReset;
  onResent: (resendFrom: number) => void;
  onOtherAddress: () => void;
  onSuccess: () => void;
}) {
  const { texts } = useWords();
  /** Why no code of the newest mail helps any more; null while one may. */
  const [hopeless, setHopeless] = useState<string | null>(null);
  const askForMail = useResetMail();
  const { email, sentAt, resendFrom } = pending;
  const [before, after] = texts.resetMailed;

  return (
    <Screen title={texts.chooseNewPassword}>
      {hopeless === null ? (
        <>
          <p>{before}<strong>{email}</strong>{after}</p>
          <p><CodeLasts seconds={CODE_SECONDS} sentAt={sentAt} /></p>
          <InboxLink email={email} />
          <NewPasswordForm
            key={resendFrom}
            email={email}
            onNeedsAnother={setHopeless}
            onSuccess={onSuccess}
          />
        </>
      ) : (
        <RefusalNotice refusal={{ kind: 'plain', message: hopeless }} />
      )}
      <ResendMail
        ask={() => askForMail(email)}
        resendFrom={resendFrom}
        urgent={hopeless !== null}
        onResent={(from) => {
          setHopeless(null);
          onResent(from);
        }}
      />
      <Elsewhere asked={texts.wrongAddress} to="resetPassword" onFollow={onOtherAddress} />
      <Elsewhere asked={texts.passwordChangedThere} to="signIn" />
    </Screen>
  );
}
