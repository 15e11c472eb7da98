import { canBeCode, refuseCode } from '../../form/code.js';
import { type Form, useForm } from '../../form/useForm.js';
import { ResetPasswordDocument } from '../../generated/graphql.js';
import { useConnectx } from '../../provider/context.js';
import type { ResetAnswer } from '../../server/answers.js';

/** The form that takes the code and the new password. Its fields are `otp` and `newPassword`. */
export function useNewPassword({ email, onNeedsAnother, onSuccess }: {
  email: string;
  /** Only another mail helps now. */
  onNeedsAnother: (why: string) => void;
  onSuccess: () => void;
}): { form: Form } {
  const { server, words: { texts } } = useConnectx();

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
    else form.treatFailure(error);
  });

  const treat = (answer: ResetAnswer) => {
    switch (answer.__typename) {
      case 'PasswordResetSuccess':
        return onSuccess();
      case 'InvalidOtpError':
      case 'ExpiredOtpError':
      case 'TooManyAttemptsError':
        return refuseCode(answer, form, texts, onNeedsAnother);
      default:
        return form.treatShared(answer);
    }
  };

  return { form };
}
