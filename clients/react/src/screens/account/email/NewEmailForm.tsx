import { Field } from '../../../form/Field.js';
import { FormView } from '../../../form/FormView.js';
import { PasswordField } from '../../../form/PasswordField.js';
import { RefusalNotice } from '../../../form/RefusalNotice.js';
import { UsernameForManagers } from '../../../form/UsernameForManagers.js';
import { useWords } from '../../../provider/context.js';
import { useEmailChange } from './useEmailChange.js';

type Props = Parameters<typeof useEmailChange>[0] & {
  /** An earlier request, and why it came to nothing. */
  failed: { newEmail: string; why: string } | null;
  onCancel: () => void;
};

/** Asks for the new address, and for the password, which a thief of the session does not know. */
export function NewEmailForm({ failed, onCancel, ...change }: Props) {
  const { texts } = useWords();
  const { form } = useEmailChange(change);
  return (
    <>
      {failed && <RefusalNotice refusal={{ kind: 'plain', message: failed.why }} />}
      <FormView form={form} send={texts.sendConfirmation} onCancel={onCancel}>
        <UsernameForManagers email={change.email} />
        <Field
          form={form}
          name="newEmail"
          label={texts.newEmail}
          type="email"
          autoComplete="email"
          defaultValue={failed?.newEmail}
          autoFocus
          required
        />
        <PasswordField form={form} autoComplete="current-password" />
      </FormView>
    </>
  );
}
