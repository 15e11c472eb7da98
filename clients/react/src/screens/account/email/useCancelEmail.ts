import { useState } from 'react';

import { CancelEmailChangeDocument } from '../../../generated/graphql.js';
import type { CancelEmailAnswer } from '../../../server/answers.js';
import { type Refusal, useRefusals } from '../../../server/refusals.js';
import { useMutation } from '../../../server/useMutation.js';
import { useSessionEnded } from '../sessionEnded.js';

/** Ends the code and the link at the server as well: a mail to a wrong address has both. */
export function useCancelEmail({ onCancelled }: { onCancelled: () => void }) {
  const [busy, cancel] = useMutation(CancelEmailChangeDocument);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const { refusalOf, withoutAnswer } = useRefusals();
  const endSession = useSessionEnded();

  const send = async () => {
    if (busy) return;
    setRefusal(null);
    const { data, error } = await cancel({});
    if (data) treat(data.cancelEmailChange);
    else setRefusal(withoutAnswer(error));
  };

  const treat = (answer: CancelEmailAnswer) => {
    switch (answer.__typename) {
      case 'EmailChangeCancelled':
        return onCancelled();
      case 'UnauthenticatedError':
        return endSession();
      default:
        return setRefusal(refusalOf(answer));
    }
  };

  return { send: () => void send(), busy, refusal };
}
