import { useState } from 'react';

import { RefusalNotice } from '../form/RefusalNotice.js';
import type { Texts } from '../languages/texts.js';
import { useClasses, useConnectx, useWords } from '../provider/context.js';
import { WayLink } from '../provider/WayLink.js';
import { useVerificationMail } from '../server/mails.js';
import { useDraft } from '../state/draft.js';
import type { PendingVerification } from '../state/pending.js';
import { CodeForm } from './CodeForm.js';
import { ContinueSignIn } from './ContinueSignIn.js';
import { Elsewhere } from './Elsewhere.js';
import { ResendMail } from './ResendMail.js';
import { Screen } from './Screen.js';
import { InboxLink, Instruction, Lifetimes } from './SentMail.js';
import { useVerifyEmail, type VerifyEmailOutcomes } from './useVerifyEmail.js';

/** Waits until the address is verified, and logs in whoever has registered in this tab. */
export function VerifyEmail(outcomes: VerifyEmailOutcomes) {
  const { texts } = useWords();
  const { pending, verified, resent, signedIn, askToSignIn } = useVerifyEmail(outcomes);
  if (!pending) {
    return (
      <Screen title={texts.confirmAddress}>
        <Elsewhere asked={texts.confirmedThere} to="signIn" />
        <Elsewhere asked={texts.notRegistered} to="signUp" />
      </Screen>
    );
  }
  if (pending.continuation && pending.confirmed) {
    return (
      <ContinueSignIn
        continuation={pending.continuation}
        onSignedIn={signedIn}
        onRefused={askToSignIn}
      />
    );
  }
  return <WaitingForCode pending={pending} onVerified={verified} onResent={resent} />;
}

function WaitingForCode({ pending, onVerified, onResent }: {
  pending: PendingVerification;
  onVerified: () => void;
  onResent: (resendFrom: number) => void;
}) {
  const { texts } = useWords();
  /** Why no code of the newest mail helps any more; null while one may. */
  const [hopeless, setHopeless] = useState<string | null>(null);
  const { id, email, methods, resendFrom, passwordLengths } = pending;
  /** Whether a password comes with the code. The server knows where this tab does not. */
  const [takesPassword, setTakesPassword] = useState(passwordLengths !== undefined);
  const askForMail = useVerificationMail();
  const byCode = methods.includes('OTP');
  const byLink = methods.includes('LINK');
  const takesCode = byCode && hopeless === null;

  return (
    <Screen title={hopeless === null ? titleOf(byCode, byLink, texts) : texts.confirmAddress}>
      {pending.didYouMean && <DidYouMean address={pending.didYouMean} />}
      {hopeless !== null && <RefusalNotice refusal={{ kind: 'plain', message: hopeless }} />}
      {/* The link works also where the code no longer does. */}
      {(takesCode || byLink) && <Instruction email={email} byCode={takesCode} byLink={byLink} />}
      {hopeless === null && <Lifetimes mail={pending} />}
      {(takesCode || byLink) && <InboxLink email={email} />}
      {takesCode && (
        // Another mail has another code: the form begins anew.
        <CodeForm
          key={resendFrom}
          email={email}
          takesPassword={takesPassword}
          passwordLengths={passwordLengths}
          onTakesPassword={setTakesPassword}
          onNeedsAnother={setHopeless}
          onVerified={onVerified}
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
      {id !== null && <Elsewhere asked={texts.wrongAddress} to="signUp" />}
      {(byLink || id === null) && <Elsewhere asked={texts.confirmedThere} to="signIn" />}
    </Screen>
  );
}

/** The way back to the form, with an address in it that the person may have meant. */
function DidYouMean({ address }: { address: string }) {
  const { paths, words: { texts } } = useConnectx();
  const classes = useClasses();
  const draft = useDraft();
  const [before, after] = texts.didYouMean;
  if (paths.signUp === null) return null;
  return (
    <p className={classes('news')} role="status">
      {before}
      <WayLink to="signUp" onFollow={() => draft.keep('email', address)}>{address}</WayLink>
      {after}
    </p>
  );
}

function titleOf(byCode: boolean, byLink: boolean, texts: Texts): string {
  if (byCode && byLink) return texts.confirmAddress;
  return byCode ? texts.enterCode : texts.openLink;
}
