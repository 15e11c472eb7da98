import { texts } from '../languages';
import type { Policy } from '../server/answers';
import { PasswordField } from './PasswordField';
import type { Form } from './useForm';

/** A password in place of another one, with the lengths of the policy once it is known. */
export function NewPasswordField({ form, policy }: { form: Form; policy: Policy | null }) {
  const hint = policy && texts.passwordHint(policy.passwordMinLength, policy.passwordMaxLength);
  return (
    <PasswordField
      form={form}
      kind="newPassword"
      autoComplete="new-password"
      hint={hint ?? undefined}
    />
  );
}
