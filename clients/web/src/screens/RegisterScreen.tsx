import { useQuery } from 'urql';

import { RegistrationPolicyDocument } from '../generated/graphql';
import { withoutAnswer } from '../server/refusals';
import type { PendingVerification } from '../state/pending';
import { paths, tenantInAddress } from '../state/route';
import { RefusalNotice } from '../form/RefusalNotice';
import { RegisterForm } from './RegisterForm';
import { Screen } from './Screen';

interface Props {
  /** Tells the address that was typed, also of a registration that is refused. */
  onEmail: (email: string) => void;
  onRegistered: (pending: PendingVerification) => void;
}

/** Asks what a registration has to bring, and draws the form from the answer. */
export function RegisterScreen(props: Props) {
  const tenant = tenantInAddress();
  const [{ data, error, fetching }, askAgain] = useQuery({
    query: RegistrationPolicyDocument,
    variables: { tenant },
  });

  if (fetching) {
    return (
      <Screen title="Create an account">
        <p role="status">One moment…</p>
      </Screen>
    );
  }
  if (error || !data) {
    return (
      <Screen title="Create an account">
        <RefusalNotice refusal={withoutAnswer(error)} />
        <button type="button" onClick={() => askAgain()}>Try again</button>
      </Screen>
    );
  }
  if (!data.registrationPolicy) {
    return (
      <Screen title="Unknown organisation">
        <p>
          The link that led you here names an organisation that this server does not know. Please
          ask whoever sent it to you for another one.
        </p>
      </Screen>
    );
  }
  return (
    <Screen title="Create an account">
      <RegisterForm policy={data.registrationPolicy} tenant={tenant} {...props} />
      <p className="elsewhere">
        Registered already? <a href={paths.login}>Log in</a>
      </p>
    </Screen>
  );
}
