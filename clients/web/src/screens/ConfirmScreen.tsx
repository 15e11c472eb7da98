import { useState } from 'react';

import { RefusalNotice } from '../form/RefusalNotice';
import { texts } from '../languages';
import { useVerifiedElsewhere } from '../server/elsewhere';
import { useVerificationMail } from '../server/mails';
import type { PendingVerification } from '../state/pending';
import { paths } from '../state/route';
import { CodeForm } from './CodeForm';
import { Elsewhere } from './Elsewhere';
import { ResendMail } from './ResendMail';
import { Screen } from './Screen';
import { Instruction, Lifetimes } from './SentMail';

/**
 * Waits until an address is confirmed: by the code that is typed here, or elsewhere, as by the link
 * in a mail that was opened on a phone.
 */
export function ConfirmScreen({ pending, onResent, onConfirmed }: {
  pending: PendingVerification;
  onResent: (resendFrom: number) => void;
  onConfirmed: () => void;
}) {
  /** Why no code of the newest mail helps any more; null while one may. */
  const [hopeless, setHopeless] = useState<string | null>(null);
  const { id, email, methods, resendFrom, sentAt, passwordLengths } = pending;
  /** Whether a password comes with the code. The server knows where this tab does not. */
  const [takesPassword, setTakesPassword] = useState(passwordLengths !== undefined);
  const askForMail = useVerificationMail();
  useVerifiedElsewhere(id, sentAt, onConfirmed);
  const byCode = methods.includes('OTP');
  const byLink = methods.includes('LINK');
  const takesCode = byCode && hopeless === null;

  return (
    <Screen title={hopeless === null ? titleOf(byCode, byLink) : texts.confirmAddress}>
      {hopeless !== null && <RefusalNotice refusal={{ kind: 'plain', message: hopeless }} />}
      {/* The link works also where the code no longer does. */}
      {(takesCode || byLink) && <Instruction email={email} byCode={takesCode} byLink={byLink} />}
      {hopeless === null && <Lifetimes mail={pending} />}
      {takesCode && (
        // Another mail has another code: the form begins anew.
        <CodeForm
          key={resendFrom}
          email={email}
          takesPassword={takesPassword}
          passwordLengths={passwordLengths}
          onTakesPassword={setTakesPassword}
          onNeedsAnother={setHopeless}
          onConfirmed={onConfirmed}
        />
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
      {/* A tab that did not register has no form to go back to, but can log in again. */}
      {id !== null && <Elsewhere asked={texts.wrongAddress} href={paths.register} />}
      {(byLink || id === null) && <Elsewhere asked={texts.confirmedThere} href={paths.login} />}
    </Screen>
  );
}

function titleOf(byCode: boolean, byLink: boolean): string {
  if (byCode && byLink) return texts.confirmAddress;
  return byCode ? texts.enterCode : texts.openLink;
}
