import { canBeCode, refuseCode } from '../form/code.js';
import { fieldsOf } from '../form/fields.js';
import { type Form, useForm } from '../form/useForm.js';
import { VerifyEmailDocument } from '../generated/graphql.js';
import { useConnectx } from '../provider/context.js';
import type { InvalidInputError, VerifyAnswer } from '../server/answers.js';

/**
 * The form that takes the code from the mail. Its fields are `otp` and, for an account without one,
 * `password`.
 */
export function useVerificationCode({ email, takesPassword, ...told }: {
  email: string;
  /** Whether the password is chosen with the code. */
  takesPassword: boolean;
  /** The server says that a password is chosen here, or that none is. */
  onTakesPassword: (takesPassword: boolean) => void;
  /** Only another mail helps now. */
  onNeedsAnother: (why: string) => void;
  onVerified: () => void;
}): { form: Form } {
  const { server, words: { texts } } = useConnectx();

  const form = useForm(async (typed) => {
    const otp = typed('otp');
    const password = takesPassword ? typed('password') : null;
    // A wrong code costs an attempt, also beside a password that is missing.
    if (!canBeCode(otp) || password === '') {
      return form.reject({
        ...(!canBeCode(otp) && { otp: { message: texts.codeFormat } }),
        ...(password === '' && { password: { message: texts.enterPassword } }),
      });
    }
    const { data, error } = await server.ask(VerifyEmailDocument, {
      input: { email, otp, password },
    });
    if (data) treat(data.verifyEmail);
    else form.treatFailure(error);
  });

  const treat = (answer: VerifyAnswer) => {
    switch (answer.__typename) {
      case 'VerifyEmailSuccess':
        return told.onVerified();
      case 'InvalidInputError':
        return treatInvalid(answer);
      case 'InvalidOtpError':
      case 'ExpiredOtpError':
      case 'TooManyAttemptsError':
        return refuseCode(answer, form, texts, told.onNeedsAnother);
      default:
        return form.treatShared(answer);
    }
  };

  const treatInvalid = ({ errors }: InvalidInputError) => {
    const kinds = errors.map(({ __typename }) => __typename);
    if (kinds.includes('PasswordRequiredError')) return told.onTakesPassword(true);
    if (!kinds.includes('PasswordNotExpectedError')) return form.rejectFields(errors);
    told.onTakesPassword(false);
    // The password's field, which may have the focus, goes.
    fieldsOf(form.element.current).find(({ name }) => name === 'otp')?.focus();
    form.refuse({ kind: 'plain', message: texts.hasPassword });
  };

  return { form };
}
