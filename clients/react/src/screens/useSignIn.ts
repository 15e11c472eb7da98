import { type Form, useForm } from '../form/useForm.js';
import { LoginDocument } from '../generated/graphql.js';
import { useConnectx } from '../provider/context.js';
import type { LoginAnswer } from '../server/answers.js';
import { useDraft } from '../state/draft.js';
import { usePendingVerification, waitingFor } from '../state/pending.js';

/** The form of a login. Its fields are `email` and `password`. */
export function useSignIn({ onSend, onSuccess }: {
  /** What was typed is on its way. */
  onSend?: (() => void) | undefined;
  /** The person is logged in. */
  onSuccess?: (() => void) | undefined;
}): { form: Form } {
  const { server, session, words } = useConnectx();
  const { texts } = words;
  const draft = useDraft();
  const [pending, setPending] = usePendingVerification();

  const form = useForm(async (typed) => {
    const email = typed('email').trim();
    const password = typed('password');
    if (password === '') {
      return form.reject({
        ...(email === '' && { email: { message: texts.enterEmail } }),
        password: { message: texts.enterPassword },
      });
    }
    onSend?.();
    const { data, error } = await server.ask(LoginDocument, {
      input: { email, password, transport: server.loginTransport },
    });
    if (data) treat(data.login, email);
    else form.treatFailure(error);
  });

  const treat = (answer: LoginAnswer, email: string) => {
    switch (answer.__typename) {
      case 'CookieLoginSuccess':
      case 'LoginSuccess':
        session.begin(answer);
        draft.forget();
        setPending(null);
        return onSuccess?.();
      case 'InvalidCredentialsError':
        return form.rejectField('password', { message: texts.wrongCredentials });
      case 'EmailNotVerifiedError':
        setPending(waitingFor(email, answer.methods, pending));
        return form.refuse({
          kind: 'plain',
          message: texts.unconfirmed.question,
          wayOn: { label: texts.unconfirmed.link, to: 'verifyEmail' },
        });
      case 'AccountDisabledError':
        return form.refuse({ kind: 'plain', message: texts.accountDisabled });
      case 'AccountDeletionPendingError': {
        const on = words.date(answer.deletesAt);
        return form.refuse({ kind: 'plain', message: texts.deletionPending(on) });
      }
      default:
        return form.treatShared(answer);
    }
  };

  return { form };
}
