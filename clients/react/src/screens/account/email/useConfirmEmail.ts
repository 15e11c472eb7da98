import { canBeCode, refuseCode } from '../../../form/code.js';
import { type Form, useForm } from '../../../form/useForm.js';
import { ConfirmEmailChangeDocument } from '../../../generated/graphql.js';
import { useConnectx } from '../../../provider/context.js';
import type { ConfirmEmailAnswer } from '../../../server/answers.js';
import { useRefusals } from '../../../server/refusals.js';
import { useSessionEnded } from '../sessionEnded.js';

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
  const { refusalOf, unknownAnswer, withoutAnswer } = useRefusals();
  const endSession = useSessionEnded();

  const form = useForm(async (typed) => {
    const otp = typed('otp');
    if (!canBeCode(otp)) return form.rejectField('otp', { message: texts.codeFormat });
    const { data, error } = await server.ask(ConfirmEmailChangeDocument, { input: { otp } });
    if (data) treat(data.confirmEmailChange);
    else form.refuse(withoutAnswer(error));
  });

  const treat = (answer: ConfirmEmailAnswer) => {
    switch (answer.__typename) {
      case 'EmailChanged':
        return outcomes.onConfirmed();
      case 'EmailChangeHalfConfirmed':
        return outcomes.onHalfConfirmed();
      case 'InvalidInputError':
        return form.rejectFields(answer.errors);
      case 'UnauthenticatedError':
        return endSession();
      case 'InvalidOtpError':
      case 'ExpiredOtpError':
      case 'TooManyAttemptsError':
        return refuseCode(answer, form, { texts, unknownAnswer }, outcomes.onNeedsAnother);
      case 'EmailAlreadyExistsError':
        return outcomes.onNeedsAnother(texts.emailTakenMeanwhile);
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
