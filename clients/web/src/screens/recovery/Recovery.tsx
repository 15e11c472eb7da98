import type { Policy } from '../../server/answers';
import { draft } from '../../state/draft';
import { forgetReset, usePendingReset } from '../../state/reset';
import { go } from '../../state/route';
import { ForgotScreen } from './ForgotScreen';
import { ResetScreen } from './ResetScreen';

/** The way of somebody who has forgotten the password. */
export function Recovery({ step, policy, onReset }: {
  step: 'forgot' | 'reset';
  policy: Policy | null;
  onReset: () => void;
}) {
  const [pending, setPending] = usePendingReset();
  if (step === 'forgot' || !pending) {
    return (
      <ForgotScreen
        pending={pending}
        onRequested={(reset) => {
          setPending(reset);
          go('reset');
        }}
      />
    );
  }
  return (
    <ResetScreen
      pending={pending}
      policy={policy}
      onResent={(resendFrom) => setPending({ ...pending, resendFrom, sentAt: Date.now() })}
      onReset={() => {
        draft.keep('email', pending.email);
        forgetReset();
        onReset();
      }}
    />
  );
}
