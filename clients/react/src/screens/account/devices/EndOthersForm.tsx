import { useWords } from '../../../provider/context.js';
import { PasswordForm } from '../PasswordForm.js';
import { useEndOthers } from './useEndOthers.js';

/** Ends all sessions but this one. */
export function EndOthersForm({ email, onCancel, onSuccess }: {
  email: string;
  onCancel: () => void;
  onSuccess: (news: string) => void;
}) {
  const { texts } = useWords();
  const { form } = useEndOthers({ onSuccess });
  return (
    <PasswordForm form={form} email={email} send={texts.endOtherSessions} onCancel={onCancel} />
  );
}
