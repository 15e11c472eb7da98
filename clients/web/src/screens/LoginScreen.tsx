import { useState } from 'react';
import { useMutation } from 'urql';

import { Field } from '../form/Field';
import { FormView } from '../form/FormView';
import { PasswordField } from '../form/PasswordField';
import { useForm } from '../form/useForm';
import { LoginDocument, type VerificationMethod } from '../generated/graphql';
import { texts } from '../languages';
import { date } from '../languages/times';
import type { LoginAnswer } from '../server/answers';
import { refusalOf, unknownAnswer, withoutAnswer } from '../server/refusals';
import { draft } from '../state/draft';
import { paths } from '../state/route';
import { session } from '../state/session';
import { Elsewhere } from './Elsewhere';
import { Screen } from './Screen';

export function LoginScreen({ news, onSend, onUnverified, onLoggedIn }: {
  /** What led here, if anything did. */
  news: string;
  onSend: () => void;
  onUnverified: (email: string, methods: VerificationMethod[]) => void;
  onLoggedIn: () => void;
}) {
  const [, logIn] = useMutation(LoginDocument);
  const [begun] = useState(draft.get);
  const form = useForm(async (typed) => {
    const address = typed('email').trim();
    onSend();
    const { data, error } = await logIn({
      input: { email: address, password: typed('password'), transport: 'COOKIE' },
    });
    if (data) treat(data.login, address);
    else form.refuse(withoutAnswer(error));
  });

  const treat = (answer: LoginAnswer, address: string) => {
    switch (answer.__typename) {
      case 'CookieLoginSuccess':
      case 'LoginSuccess': // not asked for
        session.begin();
        return onLoggedIn();
      case 'InvalidInputError':
        return form.rejectFields(answer.errors);
      case 'InvalidCredentialsError':
        return form.rejectField('password', { message: texts.wrongCredentials });
      case 'EmailNotVerifiedError':
        onUnverified(address, answer.methods);
        return form.refuse({
          kind: 'plain',
          message: texts.unconfirmed.question,
          wayOn: { label: texts.unconfirmed.link, href: paths.confirm },
        });
      case 'AccountDisabledError':
        return form.refuse({ kind: 'plain', message: texts.accountDisabled });
      case 'AccountDeletionPendingError': {
        const on = date(answer.deletesAt);
        return form.refuse({ kind: 'plain', message: texts.deletionPending(on) });
      }
      case 'RateLimitedError':
      case 'UnavailableError':
      case 'InternalError':
        return form.refuse(refusalOf(answer));
      default:
        return form.refuse(unknownAnswer(answer));
    }
  };

  return (
    <Screen title={texts.logIn.label}>
      {news && <p className="news" role="status">{news}</p>}
      <FormView form={form} send={texts.logIn}>
        <Field
          form={form}
          name="email"
          label={texts.email}
          type="email"
          autoComplete="username"
          defaultValue={begun.email}
          required
        />
        <PasswordField form={form} autoComplete="current-password" />
      </FormView>
      <p className="elsewhere"><a href={paths.forgot}>{texts.forgotPassword}</a></p>
      <Elsewhere asked={texts.notRegistered} href={paths.register} />
    </Screen>
  );
}
