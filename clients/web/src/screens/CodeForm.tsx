import { useMutation } from 'urql';

import { CodeField } from '../form/CodeField';
import { canBeCode, refuseCode } from '../form/code';
import { FormView } from '../form/FormView';
import { useForm } from '../form/useForm';
import { VerifyEmailDocument } from '../generated/graphql';
import { texts } from '../languages';
import type { VerifyAnswer } from '../server/answers';
import { refusalOf, unknownAnswer, withoutAnswer } from '../server/refusals';

/** Takes the code from the mail, and sends it at its last digit. */
export function CodeForm({ email, onNeedsAnother, onConfirmed }: {
  email: string;
  /** Only another mail helps now. */
  onNeedsAnother: (why: string) => void;
  onConfirmed: () => void;
}) {
  const [, verify] = useMutation(VerifyEmailDocument);
  const form = useForm(async (typed) => {
    const otp = typed('otp');
    if (!canBeCode(otp)) return form.rejectField('otp', { message: texts.codeFormat });
    const { data, error } = await verify({ input: { email, otp } });
    if (data) treat(data.verifyEmail);
    else form.refuse(withoutAnswer(error));
  });

  const treat = (answer: VerifyAnswer) => {
    switch (answer.__typename) {
      case 'VerifyEmailSuccess':
        return onConfirmed();
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
    <FormView form={form} send={texts.confirm}>
      <CodeField form={form} sendsForm />
    </FormView>
  );
}
