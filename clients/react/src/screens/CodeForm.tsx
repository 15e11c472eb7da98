import { useState } from 'react';

import { CodeField } from '../form/CodeField.js';
import { FirstPasswordField } from '../form/FirstPasswordField.js';
import { FormView } from '../form/FormView.js';
import { UsernameForManagers } from '../form/UsernameForManagers.js';
import { useWords } from '../provider/context.js';
import type { PasswordLengths } from '../state/pending.js';
import { useVerificationCode } from './useVerificationCode.js';

type Props = Parameters<typeof useVerificationCode>[0] & {
  passwordLengths: PasswordLengths | undefined;
};

/**
 * Takes the code from the mail, and the first password of an account that has none. Where only the
 * code is asked for, it is sent at its last digit.
 */
export function CodeForm({ passwordLengths, ...props }: Props) {
  const { email, takesPassword } = props;
  const { texts } = useWords();
  const [tookPasswordAtFirst] = useState(takesPassword);
  const { form } = useVerificationCode(props);
  return (
    <FormView form={form} send={texts.confirm}>
      {takesPassword && <UsernameForManagers email={email} />}
      <CodeField form={form} sendsForm={!takesPassword} />
      {takesPassword && (
        <FirstPasswordField
          form={form}
          email={email}
          lengths={passwordLengths}
          // A field that appears after an answer is the one to go on with.
          autoFocus={!tookPasswordAtFirst}
        />
      )}
    </FormView>
  );
}
