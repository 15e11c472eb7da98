import { texts } from '../languages';
import type { FieldError } from '../server/answers';

/**
 * What is wrong with a field, in this app's words. Where the server knows more, its message counts:
 * it comes in the browser's language as well. What it says of addresses is for developers.
 */
export function problemText(error: FieldError, typed: FormData): string {
  const empty = !String(typed.get(error.field) ?? '').trim();
  switch (error.__typename) {
    case 'InvalidNameError':
      return empty ? texts.enterName : error.message;
    case 'InvalidEmailError':
      return empty ? texts.enterEmail : texts.emailNotAccepted;
    case 'PasswordTooShortError':
      return empty ? texts.enterPassword : texts.passwordTooShort(error.minLength);
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
    default:
      return error.message;
  }
}
