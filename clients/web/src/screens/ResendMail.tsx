import { useState } from 'react';
import { useMutation } from 'urql';

import { RefusalNotice } from '../form/RefusalNotice';
import { duration, useSecondsUntil } from '../form/countdown';
import { ResendVerificationDocument } from '../generated/graphql';
import type { ResendAnswer } from '../server/answers';
import { type Refusal, refusalOf, unknownAnswer, withoutAnswer } from '../server/refusals';
import { onThisClock } from '../server/time';

/** Has another mail sent, as soon as the server would. */
export function ResendMail({ email, resendFrom, urgent, onResent }: {
  email: string;
  resendFrom: number;
  /** Whether nothing else helps. */
  urgent: boolean;
  onResent: (resendFrom: number) => void;
}) {
  const [{ fetching }, resend] = useMutation(ResendVerificationDocument);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [sent, setSent] = useState(false);
  const waitsUntil = refusal?.kind === 'wait' ? refusal.until : resendFrom;
  const seconds = useSecondsUntil(waitsUntil);

  const send = async () => {
    if (fetching || seconds > 0) return;
    setRefusal(null);
    setSent(false);
    const { data, error } = await resend({ input: { email } });
    if (data) treat(data.resendVerification);
    else setRefusal(withoutAnswer(error));
  };

  const treat = (answer: ResendAnswer) => {
    switch (answer.__typename) {
      case 'ResendVerificationSuccess':
        setSent(true);
        return onResent(onThisClock(answer.resendAvailableAt));
      case 'InvalidInputError':
        return setRefusal({
          kind: 'plain',
          message: answer.errors.map((error) => error.message).join(' '),
        });
      case 'RateLimitedError':
      case 'UnavailableError':
      case 'InternalError':
        return setRefusal(refusalOf(answer));
      default:
        return setRefusal(unknownAnswer(answer));
    }
  };

  return (
    <section className="resend">
      <p role="status">
        {sent ? 'Another mail is on its way. Only what it holds counts from now on.' : ''}
      </p>
      <RefusalNotice refusal={refusal} />
      <button
        type="button"
        className={urgent ? undefined : 'second'}
        aria-disabled={fetching || seconds > 0}
        onClick={send}
      >
        Send another mail
      </button>
      {seconds > 0 && refusal?.kind !== 'wait' && (
        <p role="timer" className="hint">Nothing has come? Ask again in {duration(seconds)}.</p>
      )}
    </section>
  );
}
