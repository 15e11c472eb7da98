import { useEffect, useRef, useState } from 'react';
import { useMutation } from 'urql';

import { RefusalNotice } from '../form/RefusalNotice';
import { SendButton } from '../form/SendButton';
import { useSecondsUntil } from '../form/countdown';
import { ResendVerificationDocument } from '../generated/graphql';
import { texts } from '../languages';
import { fromNow } from '../languages/times';
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

  const button = useRef<HTMLButtonElement>(null);

  // The form that had the focus is gone.
  useEffect(() => {
    if (urgent) button.current?.focus();
  }, [urgent]);

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
        {sent && seconds > 0 ? texts.anotherSent : ''}
      </p>
      <RefusalNotice refusal={refusal} />
      <SendButton
        ref={button}
        action={texts.sendAnother}
        busy={fetching}
        unavailable={fetching || seconds > 0}
        second={!urgent}
        onClick={send}
      />
      {seconds > 0 && refusal?.kind !== 'wait' && (
        <p role="timer" className="hint">
          {urgent ? texts.anotherFrom(fromNow(seconds)) : texts.nothingCame(fromNow(seconds))}
        </p>
      )}
    </section>
  );
}
