import { useState } from 'react';
import { useMutation } from 'urql';

import { RefusalNotice } from '../../../form/RefusalNotice';
import { SendButton } from '../../../form/SendButton';
import { CancelEmailChangeDocument } from '../../../generated/graphql';
import { texts } from '../../../languages';
import type { CancelEmailAnswer } from '../../../server/answers';
import { type Refusal, refusalOf, unknownAnswer, withoutAnswer } from '../../../server/refusals';
import { useSessionEnded } from '../sessionEnded';

/** Ends the code and the link at the server as well: a mail to a wrong address has both. */
export function CancelChange({ onCancelled }: { onCancelled: () => void }) {
  const [{ fetching }, cancel] = useMutation(CancelEmailChangeDocument);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const endSession = useSessionEnded();

  const send = async () => {
    if (fetching) return;
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
      case 'RateLimitedError':
      case 'UnavailableError':
      case 'InternalError':
        return setRefusal(refusalOf(answer));
      default:
        return setRefusal(unknownAnswer(answer));
    }
  };

  return (
    <div className="below">
      <RefusalNotice refusal={refusal} />
      <SendButton action={texts.cancelChange} busy={fetching} second onClick={send} />
    </div>
  );
}
