import { useState } from 'react';

import { RefusalNotice } from '../../form/RefusalNotice';
import { texts } from '../../languages';
import type { Policy } from '../../server/answers';
import { useResetMail } from '../../server/mails';
import type { PendingReset } from '../../state/reset';
import { paths } from '../../state/route';
import { Elsewhere } from '../Elsewhere';
import { ResendMail } from '../ResendMail';
import { Screen } from '../Screen';
import { CodeLasts } from '../SentMail';
import { ResetForm } from './ResetForm';

/** How long the code works: the same under every policy, as the schema says. */
const CODE_SECONDS = 600;

/** Takes the code from the mail, and the new password. */
export function ResetScreen({ pending, policy, onResent, onReset }: {
  pending: PendingReset;
  policy: Policy | null;
  onResent: (resendFrom: number) => void;
  onReset: () => void;
}) {
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
          <ResetForm
            key={resendFrom}
            email={email}
            policy={policy}
            onNeedsAnother={setHopeless}
            onReset={onReset}
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
      <Elsewhere asked={texts.wrongAddress} href={paths.forgot} />
      <Elsewhere asked={texts.passwordChangedThere} href={paths.login} />
    </Screen>
  );
}
