import { useEffect, useRef, useState } from 'react';

import { ContinueLoginDocument } from '../generated/graphql.js';
import { useConnectx } from '../provider/context.js';
import type { ContinueAnswer } from '../server/answers.js';
import { type Refusal, useRefusals } from '../server/refusals.js';

/** Logs in at once whoever has registered in this tab and has just verified the address. */
export function useContinueSignIn({ continuation, onSignedIn, onRefused }: {
  continuation: string;
  onSignedIn: () => void;
  /** The password is needed after all. */
  onRefused: () => void;
}) {
  const { server, session } = useConnectx();
  const { refusalOf, withoutAnswer } = useRefusals();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const begun = useRef(false);

  const send = async () => {
    setRefusal(null);
    const { data, error } = await server.ask(ContinueLoginDocument, {
      input: { continuation, transport: server.loginTransport },
    });
    if (data) treat(data.continueLogin);
    else setRefusal(withoutAnswer(error));
  };

  const treat = (answer: ContinueAnswer) => {
    switch (answer.__typename) {
      case 'CookieLoginSuccess':
      case 'LoginSuccess':
        session.begin(answer);
        return onSignedIn();
      case 'InvalidInputError': // what is kept is no token, or there can be no cookie
      case 'VerificationPendingError': // it was confirmed; whatever undid that, a login tells
      case 'InvalidContinuationError':
        return onRefused();
      default:
        return setRefusal(refusalOf(answer));
    }
  };

  useEffect(() => {
    // Once: a continuation works a single time, and React's strict mode runs effects twice.
    if (!begun.current) void send();
    begun.current = true;
  }, []);

  return { refusal, tryAgain: () => void send() };
}
