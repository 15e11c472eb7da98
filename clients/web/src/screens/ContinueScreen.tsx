import { useEffect, useRef, useState } from 'react';
import { useMutation } from 'urql';

import { RefusalNotice } from '../form/RefusalNotice';
import { ContinueLoginDocument } from '../generated/graphql';
import { texts } from '../languages';
import type { ContinueAnswer } from '../server/answers';
import { type Refusal, refusalOf, unknownAnswer, withoutAnswer } from '../server/refusals';
import { paths } from '../state/route';
import { session } from '../state/session';
import { Screen } from './Screen';

/** Logs in whoever has registered in this tab and has just confirmed the address. */
export function ContinueScreen({ continuation, onLoggedIn, onRefused }: {
  continuation: string;
  onLoggedIn: () => void;
  /** The password is needed after all. */
  onRefused: () => void;
}) {
  const [, continueLogin] = useMutation(ContinueLoginDocument);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const begun = useRef(false);

  const send = async () => {
    setRefusal(null);
    const { data, error } = await continueLogin({ input: { continuation, transport: 'COOKIE' } });
    if (data) treat(data.continueLogin);
    else setRefusal(withoutAnswer(error));
  };

  const treat = (answer: ContinueAnswer) => {
    switch (answer.__typename) {
      case 'CookieLoginSuccess':
      case 'LoginSuccess': // not asked for
        session.begin();
        return onLoggedIn();
      case 'InvalidInputError': // the login says why there can be no cookie
      case 'VerificationPendingError': // it was confirmed; whatever undid that, a login tells
      case 'InvalidContinuationError':
      case 'InvalidInputError': // what is kept is no token
        return onRefused();
      case 'RateLimitedError':
      case 'UnavailableError':
      case 'InternalError':
        return setRefusal(refusalOf(answer));
      default:
        return setRefusal(unknownAnswer(answer));
    }
  };

  useEffect(() => {
    // Once: a continuation works a single time, and React's strict mode runs effects twice.
    if (!begun.current) void send();
    begun.current = true;
  }, []);

  if (!refusal) {
    return (
      <Screen title={texts.account}>
        <p role="status">{texts.logIn.sending}</p>
      </Screen>
    );
  }
  return (
    <Screen title={texts.account}>
      <RefusalNotice refusal={refusal} />
      <button type="button" onClick={send}>{texts.tryAgain}</button>
      <p className="elsewhere"><a href={paths.login}>{texts.logIn.label}</a></p>
    </Screen>
  );
}
