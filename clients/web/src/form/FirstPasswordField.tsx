import { texts } from '../languages';
import type { PasswordLengths } from '../state/pending';
import { PasswordField } from './PasswordField';
import type { Form } from './useForm';

/** The password of an account that has none, with its lengths or, without them, why it is asked. */
export function FirstPasswordField({ form, lengths, autoFocus }: {
  form: Form;
  lengths: PasswordLengths | undefined;
  autoFocus: boolean;
}) {
  return (
    <PasswordField
      form={form}
      autoComplete="new-password"
      hint={lengths ? texts.passwordHint(lengths.least, lengths.most) : texts.noPasswordYet}
      autoFocus={autoFocus}
    />
  );
}
