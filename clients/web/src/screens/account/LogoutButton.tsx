import { useState } from 'react';
import { useMutation } from 'urql';

import { RefusalNotice } from '../../form/RefusalNotice';
import { SendButton } from '../../form/SendButton';
import { LogoutDocument } from '../../generated/graphql';
import { texts } from '../../languages';
import type { LogoutAnswer } from '../../server/answers';
import { type Refusal, refusalOf, unknownAnswer, withoutAnswer } from '../../server/refusals';

/** Ends the session at the server first: no script can delete the cookie. */
export function LogoutButton({ onLoggedOut }: { onLoggedOut: () => void }) {
  const [{ fetching }, logOut] = useMutation(LogoutDocument);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  const send = async () => {
    if (fetching) return;
    setRefusal(null);
    const { data, error } = await logOut({});
    if (data) treat(data.logout);
    else setRefusal(withoutAnswer(error));
  };

  const treat = (answer: LogoutAnswer) => {
    switch (answer.__typename) {
      case 'LogoutSuccess':
      case 'UnauthenticatedError': // the session had ended already
        return onLoggedOut();
      case 'RateLimitedError':
      case 'UnavailableError':
      case 'InternalError':
        return setRefusal(refusalOf(answer));
      default:
        return setRefusal(unknownAnswer(answer));
    }
  };

  return (
    <>
      <RefusalNotice refusal={refusal} />
      <SendButton action={texts.logOut} busy={fetching} second onClick={send} />
    </>
  );
}
