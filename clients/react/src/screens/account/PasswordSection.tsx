import { useWords } from '../../provider/context.js';
import type { Policy } from '../../server/answers.js';
import { ChangePasswordForm } from './ChangePasswordForm.js';
import { Opener, Section } from './Section.js';
import type { Panels } from './usePanels.js';

const PANEL = 'password';

export function PasswordSection({ email, policy, panels }: {
  email: string;
  policy: Policy | null;
  panels: Panels;
}) {
  const { texts } = useWords();
  return (
    <Section
      part="password"
      title={texts.passwords.password.label}
      hint={texts.passwordAdvice}
      panels={panels}
    >
      {panels.open === PANEL ? (
        <ChangePasswordForm
          email={email}
          policy={policy}
          onCancel={panels.cancel}
          onSuccess={(text) => panels.done('password', text)}
        />
      ) : (
        <Opener panel={PANEL} panels={panels}>{texts.changePassword.label}</Opener>
      )}
    </Section>
  );
}
