import { FormView } from '../../form/FormView';
import { PasswordField } from '../../form/PasswordField';
import { UsernameForManagers } from '../../form/UsernameForManagers';
import type { Form } from '../../form/useForm';
import type { Action } from '../../languages/texts';

/** Asks for the password and nothing else. */
export function PasswordForm({ form, email, send, onCancel }: {
  form: Form;
  email: string;
  send: Action;
  onCancel: () => void;
}) {
  return (
    <FormView form={form} send={send} onCancel={onCancel}>
      <UsernameForManagers email={email} />
      <PasswordField form={form} autoComplete="current-password" autoFocus />
    </FormView>
  );
}
