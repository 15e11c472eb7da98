import { CodeField } from '../../form/CodeField.js';
import { FormView } from '../../form/FormView.js';
import { NewPasswordField } from '../../form/NewPasswordField.js';
import { UsernameForManagers } from '../../form/UsernameForManagers.js';
import { useWords } from '../../provider/context.js';
import { useRegistrationPolicy } from '../../state/policy.js';
import { useNewPassword } from './useNewPassword.js';

/** Takes the code from the mail, and the new password. */
export function NewPasswordForm(props: Parameters<typeof useNewPassword>[0]) {
  const { texts } = useWords();
  const [{ data }] = useRegistrationPolicy();
  const { form } = useNewPassword(props);
  return (
    <FormView form={form} send={texts.changePassword}>
      <UsernameForManagers email={props.email} />
      <CodeField form={form} sendsForm={false} />
      <NewPasswordField form={form} policy={data?.registrationPolicy ?? null} email={props.email} />
    </FormView>
  );
}
