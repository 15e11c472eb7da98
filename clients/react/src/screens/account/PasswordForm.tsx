import { FormView } from '../../form/FormView.js';
import { PasswordField } from '../../form/PasswordField.js';
import { UsernameForManagers } from '../../form/UsernameForManagers.js';
import type { Form } from '../../form/useForm.js';
import type { Action } from '../../languages/texts.js';

/** Asks for the password and nothing else. */
export function PasswordForm({ form, email, send, danger, onCancel }: {
  form: Form;
  email: string;
  send: Action;
  /** Whether it takes something away. */
  danger?: boolean;
  onCancel: () => void;
}) {
  return (
    <FormView form={form} send={send} danger={danger} onCancel={onCancel}>
      <UsernameForManagers email={email} />
      <PasswordField form={form} autoComplete="current-password" autoFocus />
    </FormView>
  );
}
