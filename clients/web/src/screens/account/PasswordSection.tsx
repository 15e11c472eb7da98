import { texts } from '../../languages';
import type { Policy } from '../../server/answers';
import { ChangePasswordForm } from './ChangePasswordForm';
import { Opener, Section } from './Section';
import type { Panels } from './usePanels';

const PANEL = 'password';

export function PasswordSection({ email, policy, panels }: {
  email: string;
  policy: Policy | null;
  panels: Panels;
}) {
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
          onChanged={(text) => panels.done('password', text)}
        />
      ) : (
        <Opener panel={PANEL} panels={panels}>{texts.changePassword.label}</Opener>
      )}
    </Section>
  );
}
