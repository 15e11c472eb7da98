import { useState } from 'react';

import { useSecondsUntil } from '../form/countdown.js';
import type { AskedMail } from '../server/mails.js';
import type { Refusal } from '../server/refusals.js';

/** Has another mail sent, as soon as the server would. */
export function useResend({ ask, resendFrom, onResent }: {
  ask: () => Promise<AskedMail>;
  /** From when on another mail can be asked for, in milliseconds on this device's clock. */
  resendFrom: number;
  onResent: (resendFrom: number) => void;
}) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [sent, setSent] = useState(false);
  const secondsLeft = useSecondsUntil(refusal?.kind === 'wait' ? refusal.until : resendFrom);

  const send = async () => {
    if (busy || secondsLeft > 0) return;
    setRefusal(null);
    setSent(false);
    setBusy(true);
    const asked = await ask();
    setBusy(false);
    if ('refusal' in asked) return setRefusal(asked.refusal);
    if ('errors' in asked) {
      const message = asked.errors.map((error) => error.message).join(' ');
      return setRefusal({ kind: 'plain', message });
    }
    setSent(true);
    onResent(asked.resendFrom);
  };

  return { send: () => void send(), busy, refusal, sent, secondsLeft };
}
