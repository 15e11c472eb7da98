import { useState } from 'react';

import { LogoutDocument } from '../../generated/graphql.js';
import type { LogoutAnswer } from '../../server/answers.js';
import { type Refusal, useRefusals } from '../../server/refusals.js';
import { useMutation } from '../../server/useMutation.js';

/** Ends the session at the server first: no script can delete the cookie. */
export function useSignOut({ onSignedOut }: { onSignedOut: () => void }) {
  const [busy, logOut] = useMutation(LogoutDocument);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const { refusalOf, withoutAnswer } = useRefusals();

  const send = async () => {
    if (busy) return;
    setRefusal(null);
    const { data, error } = await logOut({});
    if (data) treat(data.logout);
    else setRefusal(withoutAnswer(error));
  };

  const treat = (answer: LogoutAnswer) => {
    switch (answer.__typename) {
      case 'LogoutSuccess':
      case 'UnauthenticatedError': // the session had ended already
        return onSignedOut();
      default:
        return setRefusal(refusalOf(answer));
    }
  };

  return { send: () => void send(), busy, refusal };
}
