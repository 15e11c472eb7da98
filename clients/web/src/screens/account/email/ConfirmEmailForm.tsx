import { useMutation } from 'urql';

import { CodeField } from '../../../form/CodeField';
import { canBeCode, refuseCode } from '../../../form/code';
import { FormView } from '../../../form/FormView';
import { useForm } from '../../../form/useForm';
import { ConfirmEmailChangeDocument } from '../../../generated/graphql';
import { texts } from '../../../languages';
import type { ConfirmEmailAnswer } from '../../../server/answers';
import { refusalOf, unknownAnswer, withoutAnswer } from '../../../server/refusals';
import { useSessionEnded } from '../sessionEnded';

/** Takes the code from the mail to the new address, and sends it at its last digit. */
export function ConfirmEmailForm({ onNeedsAnother, onHalfConfirmed, onConfirmed }: {
  onNeedsAnother: (why: string) => void;
  onHalfConfirmed: () => void;
  onConfirmed: () => void;
}) {
  const [, confirm] = useMutation(ConfirmEmailChangeDocument);
  const endSession = useSessionEnded();
  const form = useForm(async (typed) => {
    const otp = typed('otp');
    if (!canBeCode(otp)) return form.rejectField('otp', { message: texts.codeFormat });
    const { data, error } = await confirm({ input: { otp } });
    if (data) treat(data.confirmEmailChange);
    else form.refuse(withoutAnswer(error));
  });

  const treat = (answer: ConfirmEmailAnswer) => {
    switch (answer.__typename) {
      case 'EmailChanged':
        return onConfirmed();
      case 'EmailChangeHalfConfirmed':
        return onHalfConfirmed();
      case 'InvalidInputError':
        return form.rejectFields(answer.errors);
      case 'UnauthenticatedError':
        return endSession();
      case 'InvalidOtpError':
      case 'ExpiredOtpError':
      case 'TooManyAttemptsError':
        return refuseCode(answer, form, onNeedsAnother);
      case 'EmailAlreadyExistsError':
        return onNeedsAnother(texts.emailTakenMeanwhile);
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
