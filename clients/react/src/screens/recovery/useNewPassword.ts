import { canBeCode, refuseCode } from '../../form/code.js';
import { type Form, useForm } from '../../form/useForm.js';
import { ResetPasswordDocument } from '../../generated/graphql.js';
import { useConnectx } from '../../provider/context.js';
import type { ResetAnswer } from '../../server/answers.js';
import { useRefusals } from '../../server/refusals.js';

/** The form that takes the code and the new password. Its fields are `otp` and `newPassword`. */
export function useNewPassword({ email, onNeedsAnother, onSuccess }: {
  email: string;
  /** Only another mail helps now. */
  onNeedsAnother: (why: string) => void;
  onSuccess: () => void;
}): { form: Form } {
  const { server, words: { texts } } = useConnectx();
  const { refusalOf, unknownAnswer, withoutAnswer } = useRefusals();

  const form = useForm(async (typed) => {
    const otp = typed('otp');
    const newPassword = typed('newPassword');
    // A wrong code costs an attempt, also beside a password that is missing.
    if (!canBeCode(otp) || !newPassword) {
      return form.reject({
        ...(!canBeCode(otp) && { otp: { message: texts.codeFormat } }),
        ...(!newPassword && { newPassword: { message: texts.enterPassword } }),
      });
    }
    const { data, error } = await server.ask(ResetPasswordDocument, {
      input: { email, otp, newPassword },
    });
    if (data) treat(data.resetPassword);
    else form.refuse(withoutAnswer(error));
  });

  const treat = (answer: ResetAnswer) => {
    switch (answer.__typename) {
      case 'PasswordResetSuccess':
        return onSuccess();
      case 'InvalidInputError':
        return form.rejectFields(answer.errors);
      case 'InvalidOtpError':
      case 'ExpiredOtpError':
      case 'TooManyAttemptsError':
        return refuseCode(answer, form, { texts, unknownAnswer }, onNeedsAnother);
      case 'RateLimitedError':
      case 'UnavailableError':
      case 'InternalError':
        return form.refuse(refusalOf(answer));
      default:
        return form.refuse(unknownAnswer(answer));
    }
  };

  return { form };
}
