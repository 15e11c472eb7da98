import { useWords } from '../../../provider/context.js';
import { PasswordForm } from '../PasswordForm.js';
import { useEndSession } from './useEndSession.js';

/** Ends one session. */
export function EndSessionForm({ email, onCancel, ...session }: {
  id: string;
  device: string;
  email: string;
  onCancel: () => void;
  onSuccess: (news: string) => void;
}) {
  const { texts } = useWords();
  const { form } = useEndSession(session);
  const send = texts.endSessionOf(session.device);
  return <PasswordForm form={form} email={email} send={send} onCancel={onCancel} />;
}
