import type { Texts } from '../languages/texts.js';
import type { CodeRefusal } from '../server/answers.js';
import type { Form } from './useForm.js';

/** A code without its separators. As on the server, spaces, dashes and width do not matter. */
function bare(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s\p{Pd}\p{Cf}]/gu, '');
}

/** Whether it has six digits. */
export function canBeCode(typed: string): boolean {
  return /^[0-9]{6}$/.test(bare(typed));
}

/** The one code in a text that is pasted, such as `Your code: 123-456`; null if there is no one. */
export function codeIn(text: string): string | null {
  const separated = /(?<![\d])\d(?:[\s\p{Pd}\p{Cf}]?\d){5}(?![\d])/gu;
  const codes = new Set((text.normalize('NFKC').match(separated) ?? []).map(bare));
  return codes.size === 1 ? [...codes][0]! : null;
}

/** Says why a code does not count: at its field, or that only another mail helps now. */
export function refuseCode(
  answer: CodeRefusal,
  form: Form,
  texts: Texts,
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
      return form.treatShared(answer);
  }
}
