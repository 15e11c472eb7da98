import type { Policy } from '../server/answers.js';
import { lengthsOf } from '../state/pending.js';
import { ChosenPasswordField } from './ChosenPasswordField.js';
import type { Form } from './useForm.js';

/** A password in place of another one, with the lengths of the policy once it is known. */
export function NewPasswordField({ form, policy, email }: {
  form: Form;
  policy: Policy | null;
  email: string;
}) {
  return (
    <ChosenPasswordField
      form={form}
      kind="newPassword"
      lengths={policy ? lengthsOf(policy) : undefined}
      email={email}
    />
  );
}
