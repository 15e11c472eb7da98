import { useState } from 'react';

import { useVerifiedElsewhere } from '../server/elsewhere';
import type { PendingVerification } from '../state/pending';
import { paths } from '../state/route';
import { CodeForm } from './CodeForm';
import { ResendMail } from './ResendMail';
import { Screen } from './Screen';

/**
 * Waits until an address is confirmed: by the code that is typed here, or elsewhere, as by the link
 * in a mail that was opened on a phone.
 */
export function ConfirmScreen({ pending, onResent, onConfirmed }: {
  pending: PendingVerification;
  onResent: (resendFrom: number) => void;
  onConfirmed: (name: string | null) => void;
}) {
  const [needsAnother, setNeedsAnother] = useState(false);
  useVerifiedElsewhere(pending.id, () => onConfirmed(null));
  const { email, methods, resendFrom } = pending;
  const byCode = methods.includes('OTP');
  const byLink = methods.includes('LINK');

  return (
    <Screen title={titleOf(byCode, byLink)}>
      <Instruction email={email} byCode={byCode} byLink={byLink} />
      {byCode && (
        // Another mail has another code: the form begins anew.
        <CodeForm
          key={resendFrom}
          email={email}
          onNeedsAnother={() => setNeedsAnother(true)}
          onConfirmed={onConfirmed}
        />
      )}
      {byLink && (
        <p className="elsewhere">
          Confirmed there? <a href={paths.login}>Log in</a>
        </p>
      )}
      <ResendMail
        email={email}
        resendFrom={resendFrom}
        urgent={needsAnother}
        onResent={(from) => {
          setNeedsAnother(false);
          onResent(from);
        }}
      />
    </Screen>
  );
}

function Instruction({ email, byCode, byLink }: {
  email: string;
  byCode: boolean;
  byLink: boolean;
}) {
  const address = <strong>{email}</strong>;
  if (!byLink) return <p>We have mailed a six-digit code to {address}.</p>;
  if (!byCode) {
    return <p>We have mailed a link to {address}. Open it and confirm your address there.</p>;
  }
  return (
    <p>We have mailed a code or a link to {address}. Enter the code here, or open the link.</p>
  );
}

function titleOf(byCode: boolean, byLink: boolean): string {
  if (byCode && byLink) return 'Confirm your address';
  return byCode ? 'Enter your code' : 'Open the link in your mail';
}
