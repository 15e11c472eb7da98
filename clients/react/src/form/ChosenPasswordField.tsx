import { useWords } from '../provider/context.js';
import type { PasswordLengths } from '../state/pending.js';
import { PasswordField, type PasswordKind } from './PasswordField.js';
import type { Form } from './useForm.js';

/** A password that is chosen now. */
export function ChosenPasswordField({ form, kind = 'password', lengths, hint, autoFocus }: {
  form: Form;
  kind?: PasswordKind;
  /** What the policy asks for, once it is known. */
  lengths: PasswordLengths | undefined;
  hint?: string | undefined;
  /** Whose password it is, as far as the form around it does not say. */
  person?: { name?: string; email?: string };
  autoFocus?: boolean;
}) {
  const { texts } = useWords();
  return (
    <PasswordField
      form={form}
      kind={kind}
      autoComplete="new-password"
      hint={lengths ? texts.passwordHint(lengths.least, lengths.most) : hint}
      autoFocus={autoFocus}
    />
  );
}
