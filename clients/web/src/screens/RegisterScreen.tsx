import { texts } from '../languages';
import type { PendingVerification } from '../state/pending';
import type { usePolicy } from '../state/policy';
import { paths, tenantInAddress } from '../state/route';
import { Elsewhere } from './Elsewhere';
import { NoAnswer } from './NoAnswer';
import { RegisterForm } from './RegisterForm';
import { Screen } from './Screen';

/** Draws the form that the policy asks for. */
export function RegisterScreen({ policy, askAgain, waitingAddress, onRegistered }: {
  policy: ReturnType<typeof usePolicy>[0];
  askAgain: () => void;
  waitingAddress: string | null;
  onRegistered: (pending: PendingVerification) => void;
}) {
  const { data, error, fetching } = policy;
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
      <RegisterForm
        policy={data.registrationPolicy}
        tenant={tenantInAddress()}
        waitingAddress={waitingAddress}
        onRegistered={onRegistered}
      />
      <Elsewhere asked={texts.registered} href={paths.login} />
    </Screen>
  );
}
