import { useWords } from '../provider/context.js';
import type { PendingVerification } from '../state/pending.js';
import { useRegistrationPolicy } from '../state/policy.js';
import { Elsewhere } from './Elsewhere.js';
import { NoAnswer } from './NoAnswer.js';
import { Screen } from './Screen.js';
import { SignUpForm } from './SignUpForm.js';

/** Registers a person, with the form that the policy asks for. */
export function SignUp({ onSuccess }: {
  /** The mail is on its way: `VerifyEmail` comes next. */
  onSuccess?: (pending: PendingVerification) => void;
}) {
  const { texts } = useWords();
  const [{ data, error, fetching }, askAgain] = useRegistrationPolicy();
  if (fetching || error || !data) {
    return (
      <Screen title={texts.createAccount}>
        <NoAnswer fetching={fetching} error={error} askAgain={askAgain} />
      </Screen>
    );
  }
  if (!data.registrationPolicy) {
    return (
      <Screen title={texts.unknownOrganization}>
        <p>{texts.askForAnotherLink}</p>
      </Screen>
    );
  }
  return (
    <Screen title={texts.createAccount}>
      <SignUpForm policy={data.registrationPolicy} onSuccess={onSuccess} />
      <Elsewhere asked={texts.registered} to="signIn" />
    </Screen>
  );
}
