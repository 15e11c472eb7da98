import { useWords } from '../../../provider/context.js';
import { PasswordForm } from '../PasswordForm.js';
import { useDeletion } from './useDeletion.js';

export function DeletionForm({ email, onCancel, onScheduled }: {
  email: string;
  onCancel: () => void;
  onScheduled: (news: string) => void;
}) {
  const { texts } = useWords();
  const { form } = useDeletion({ onScheduled });
  return (
    <PasswordForm
      form={form}
      email={email}
      send={texts.deleteAccount}
      danger
      onCancel={onCancel}
    />
  );
}
