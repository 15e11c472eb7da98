import { useEffect, useRef } from 'react';

import { RefusalNotice } from '../form/RefusalNotice.js';
import { SendButton } from '../form/SendButton.js';
import { useClasses, useWords } from '../provider/context.js';
import { useResend } from './useResend.js';

/** The button that has another mail sent, and from when on it can be used. */
export function ResendMail({ urgent, ...props }: Parameters<typeof useResend>[0] & {
  /** Whether nothing else helps. */
  urgent: boolean;
}) {
  const words = useWords();
  const { texts } = words;
  const classes = useClasses();
  const { send, busy, refusal, sent, secondsLeft } = useResend(props);
  const button = useRef<HTMLButtonElement>(null);

  // The form that had the focus is gone.
  useEffect(() => {
    if (urgent) button.current?.focus();
  }, [urgent]);

  const when = words.fromNow(secondsLeft);
  return (
    <section className={classes('resend')}>
      <p role="status">
        {sent && secondsLeft > 0 ? texts.anotherSent : ''}
      </p>
      <RefusalNotice refusal={refusal} />
      <SendButton
        ref={button}
        action={texts.sendAnother}
        busy={busy}
        unavailable={busy || secondsLeft > 0}
        second={!urgent}
        onClick={send}
      />
      {secondsLeft > 0 && refusal?.kind !== 'wait' && (
        <p role="timer" className={classes('hint')}>
          {urgent ? texts.anotherFrom(when) : texts.nothingCame(when)}
        </p>
      )}
    </section>
  );
}
