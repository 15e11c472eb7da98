import { canBeCode, refuseCode } from '../../../form/code.js';
import type { Form } from '../../../form/useForm.js';
import { ConfirmEmailChangeDocument } from '../../../generated/graphql.js';
import { useConnectx } from '../../../provider/context.js';
import type { ConfirmEmailAnswer } from '../../../server/answers.js';
import { useAccountForm } from '../useAccountForm.js';

/** What becomes of a change of the address. */
export interface ConfirmEmailOutcomes {
  /** Only another request helps now. */
  onNeedsAnother: (why: string) => void;
  /** The new address is confirmed, and the old one has to agree as well. */
  onHalfConfirmed: () => void;
  onConfirmed: () => void;
}

/** The form that takes the code from the mail to the new address. Its field is `otp`. */
export function useConfirmEmail(outcomes: ConfirmEmailOutcomes): { form: Form } {
  const { server, words: { texts } } = useConnectx();

  const form = useAccountForm(async (typed) => {
    const otp = typed('otp');
    if (!canBeCode(otp)) return form.rejectField('otp', { message: texts.codeFormat });
    const { data, error } = await server.ask(ConfirmEmailChangeDocument, { input: { otp } });
    if (data) treat(data.confirmEmailChange);
    else form.treatFailure(error);
  });

  const treat = (answer: ConfirmEmailAnswer) => {
    switch (answer.__typename) {
      case 'EmailChanged':
        return outcomes.onConfirmed();
      case 'EmailChangeHalfConfirmed':
        return outcomes.onHalfConfirmed();
      case 'InvalidOtpError':
      case 'ExpiredOtpError':
      case 'TooManyAttemptsError':
        return refuseCode(answer, form, texts, outcomes.onNeedsAnother);
      case 'EmailAlreadyExistsError':
        return outcomes.onNeedsAnother(texts.emailTakenMeanwhile);
      default:
        return form.treatShared(answer);
    }
  };

  return { form };
}
