import { useEffect, useRef, useState } from 'react';

import { RefusalNotice } from '../form/RefusalNotice';
import { SendButton } from '../form/SendButton';
import { useSecondsUntil } from '../form/countdown';
import { texts } from '../languages';
import { fromNow } from '../languages/times';
import type { AskedMail } from '../server/mails';
import type { Refusal } from '../server/refusals';

/** Has another mail sent, as soon as the server would. */
export function ResendMail({ ask, resendFrom, urgent, onResent }: {
  ask: () => Promise<AskedMail>;
  resendFrom: number;
  /** Whether nothing else helps. */
  urgent: boolean;
  onResent: (resendFrom: number) => void;
}) {
  const [fetching, setFetching] = useState(false);
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
    setFetching(true);
    const asked = await ask();
    setFetching(false);
    if ('refusal' in asked) return setRefusal(asked.refusal);
    if ('errors' in asked) {
      const message = asked.errors.map((error) => error.message).join(' ');
      return setRefusal({ kind: 'plain', message });
    }
    setSent(true);
    onResent(asked.resendFrom);
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
