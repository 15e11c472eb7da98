import { texts } from '../languages';
import type { CodeRefusal } from '../server/answers';
import { unknownAnswer } from '../server/refusals';
import type { Form } from './useForm';

/** Whether it has six digits. As on the server, spaces, dashes and width do not matter. */
export function canBeCode(typed: string): boolean {
  return /^[0-9]{6}$/.test(typed.normalize('NFKC').replace(/[\s\p{Pd}\p{Cf}]/gu, ''));
}

/** Says why a code does not count: at its field, or that only another mail helps now. */
export function refuseCode(
  answer: CodeRefusal,
  form: Form,
  onNeedsAnother: (why: string) => void,
): void {
  switch (answer.__typename) {
    case 'InvalidOtpError':
      if (answer.attemptsRemaining === 0) return onNeedsAnother(texts.tooManyCodes);
      return form.rejectField('otp', { message: texts.wrongCode(answer.attemptsRemaining) });
    case 'ExpiredOtpError':
      return onNeedsAnother(texts.codeExpired);
    case 'TooManyAttemptsError':
      return onNeedsAnother(texts.tooManyCodes);
    default:
      return form.refuse(unknownAnswer(answer));
  }
}
