import type { Texts } from '../languages/texts.js';
import type { FieldError } from '../server/answers.js';
import { type FieldElement, profileFieldName } from './fields.js';

/** The name of the field that an error is about. */
export function nameOf(error: FieldError): string {
  const isOfProfile = error.__typename === 'InvalidProfileValueError';
  return isOfProfile ? profileFieldName(error.key) : error.field;
}

/**
 * What is wrong with a field, in this package's words. Where the server knows more, its message
 * counts: it comes in the browser's language as well. What it says of addresses is for developers.
 */
export function problemText(
  error: FieldError,
  { type, value }: FieldElement,
  texts: Texts,
): string {
  const empty = !value.trim();
  switch (error.__typename) {
    case 'InvalidNameError':
      return empty ? texts.enterName : error.message;
    case 'InvalidEmailError':
      return empty ? texts.enterEmail : texts.emailNotAccepted;
    case 'PasswordTooShortError':
      return empty ? texts.enterPassword : texts.passwordTooShort(error.minLength);
    case 'PasswordRequiredError':
      return texts.enterPassword;
    case 'PasswordTooLongError':
      return texts.passwordTooLong(error.maxLength);
    case 'PasswordTooCommonError':
      return texts.passwordTooCommon;
    case 'PasswordBreachedError':
      return texts.passwordBreached;
    case 'RoleRequiredError':
      return texts.chooseRole;
    case 'InvalidOtpFormatError':
      return texts.codeFormat;
    case 'InvalidProfileValueError':
      // The server tells how programs write a date. The browser shows each person their own way.
      return type === 'date' ? texts.enterCompleteDate : error.message;
    default:
      return error.message;
  }
}
