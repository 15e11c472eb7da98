import { useMutation } from 'urql';

import { CodeField } from '../../form/CodeField';
import { canBeCode, refuseCode } from '../../form/code';
import { FormView } from '../../form/FormView';
import { NewPasswordField } from '../../form/NewPasswordField';
import { UsernameForManagers } from '../../form/UsernameForManagers';
import { useForm } from '../../form/useForm';
import { ResetPasswordDocument } from '../../generated/graphql';
import { texts } from '../../languages';
import type { Policy, ResetAnswer } from '../../server/answers';
import { refusalOf, unknownAnswer, withoutAnswer } from '../../server/refusals';

export function ResetForm({ email, policy, onNeedsAnother, onReset }: {
  email: string;
  policy: Policy | null;
  /** Only another mail helps now. */
  onNeedsAnother: (why: string) => void;
  onReset: () => void;
}) {
  const [, reset] = useMutation(ResetPasswordDocument);
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
    const { data, error } = await reset({ input: { email, otp, newPassword } });
    if (data) treat(data.resetPassword);
    else form.refuse(withoutAnswer(error));
  });

  const treat = (answer: ResetAnswer) => {
    switch (answer.__typename) {
      case 'PasswordResetSuccess':
        return onReset();
      case 'InvalidInputError':
        return form.rejectFields(answer.errors);
      case 'InvalidOtpError':
      case 'ExpiredOtpError':
      case 'TooManyAttemptsError':
        return refuseCode(answer, form, onNeedsAnother);
      case 'RateLimitedError':
      case 'UnavailableError':
      case 'InternalError':
        return form.refuse(refusalOf(answer));
      default:
        return form.refuse(unknownAnswer(answer));
    }
  };

  return (
    <FormView form={form} send={texts.changePassword}>
      <UsernameForManagers email={email} />
      <CodeField form={form} sendsForm={false} />
      <NewPasswordField form={form} policy={policy} />
    </FormView>
  );
}
