import { Checkbox } from '../../form/Field.js';
import { FormView } from '../../form/FormView.js';
import { NewPasswordField } from '../../form/NewPasswordField.js';
import { PasswordField } from '../../form/PasswordField.js';
import { UsernameForManagers } from '../../form/UsernameForManagers.js';
import { useWords } from '../../provider/context.js';
import type { Policy } from '../../server/answers.js';
import { useChangePassword } from './useChangePassword.js';

export function ChangePasswordForm({ email, policy, onCancel, onSuccess }: {
  email: string;
  policy: Policy | null;
  onCancel: () => void;
  onSuccess: (news: string) => void;
}) {
  const { texts } = useWords();
  const { form } = useChangePassword({ onSuccess });
  return (
    <FormView form={form} send={texts.changePassword} onCancel={onCancel}>
      <UsernameForManagers email={email} />
      <PasswordField
        form={form}
        kind="currentPassword"
        autoComplete="current-password"
        autoFocus
      />
      <NewPasswordField form={form} policy={policy} email={email} />
      <Checkbox form={form} name="keepOtherSessions" label={texts.keepOtherSessions} />
    </FormView>
  );
}
