import { useWords } from '../provider/context.js';
import type { PasswordLengths } from '../state/pending.js';
import { ChosenPasswordField } from './ChosenPasswordField.js';
import type { Form } from './useForm.js';

/** The password of an account that has none, with its lengths or, without them, why it is asked. */
export function FirstPasswordField({ form, email, lengths, autoFocus }: {
  form: Form;
  email: string;
  lengths: PasswordLengths | undefined;
  autoFocus: boolean;
}) {
  const { texts } = useWords();
  return (
    <ChosenPasswordField
      form={form}
      lengths={lengths}
      hint={lengths ? undefined : texts.noPasswordYet}
      email={email}
      autoFocus={autoFocus}
    />
  );
}
