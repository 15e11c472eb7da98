import { useMutation } from 'urql';

import { Field } from '../form/Field';
import { FormView } from '../form/FormView';
import { PasswordField } from '../form/PasswordField';
import { useForm } from '../form/useForm';
import { LoginDocument } from '../generated/graphql';
import type { LoginAnswer } from '../server/answers';
import { refusalOf, unknownAnswer, withoutAnswer } from '../server/refusals';
import { paths } from '../state/route';
import { token } from '../state/session';
import { Screen } from './Screen';

export function LoginScreen({ email, news, onEmail, onUnverified, onLoggedIn }: {
  /** What the address's field begins with. */
  email: string;
  /** What led here, if anything did. */
  news: string;
  onEmail: (email: string) => void;
  onUnverified: (email: string) => void;
  onLoggedIn: () => void;
}) {
  const [, logIn] = useMutation(LoginDocument);
  const form = useForm(async (typed) => {
    const address = typed('email').trim();
    onEmail(address);
    const { data, error } = await logIn({
      input: { email: address, password: typed('password') },
    });
    if (data) treat(data.login, address);
    else form.refuse(withoutAnswer(error));
  });

  const treat = (answer: LoginAnswer, address: string) => {
    switch (answer.__typename) {
      case 'LoginSuccess':
        token.keep(answer.accessToken);
        return onLoggedIn();
      case 'InvalidInputError':
        return form.rejectFields(answer.errors);
      case 'InvalidCredentialsError':
        return form.rejectField('password', {
          message: 'There is no account with this address and this password.',
        });
      case 'EmailNotVerifiedError':
        onUnverified(address);
        return form.refuse({
          kind: 'plain',
          message: 'Your address is not confirmed yet.',
          wayOn: { label: 'Enter the code', href: paths.confirm },
        });
      case 'RateLimitedError':
      case 'UnavailableError':
      case 'InternalError':
        return form.refuse(refusalOf(answer));
      default:
        return form.refuse(unknownAnswer(answer));
    }
  };

  return (
    <Screen title="Log in">
      {news && <p className="news" role="status">{news}</p>}
      <FormView form={form} send="Log in">
        <Field
          form={form}
          name="email"
          label="Email"
          type="email"
          autoComplete="username"
          defaultValue={email}
          required
        />
        <PasswordField form={form} autoComplete="current-password" />
      </FormView>
      <p className="elsewhere">
        Not registered yet? <a href={paths.register}>Create an account</a>
      </p>
    </Screen>
  );
}
