import { texts } from '../../../languages';
import { useVerifiedElsewhere } from '../../../server/elsewhere';
import type { PendingEmailChange } from '../../../state/emailChange';
import { Instruction, Lifetimes } from '../../SentMail';
import { CancelChange } from './CancelChange';
import { ConfirmEmailForm } from './ConfirmEmailForm';

/** Waits until the new address is confirmed: by the code that is typed here, or by the link. */
export function PendingChange({ pending, email, onCancelled, onConfirmed, onNeedsAnother }: {
  pending: PendingEmailChange;
  /** The address that counts until then. */
  email: string;
  onCancelled: () => void;
  onConfirmed: () => void;
  onNeedsAnother: (why: string) => void;
}) {
  useVerifiedElsewhere(pending.id, pending.sentAt, onConfirmed);
  const byCode = pending.methods.includes('OTP');
  const byLink = pending.methods.includes('LINK');
  const [before, after] = texts.oldEmailStays;
  return (
    <>
      <Instruction email={pending.email} byCode={byCode} byLink={byLink} />
      <Lifetimes mail={pending} />
      <p>{before}<strong>{email}</strong>{after}</p>
      {byCode && <ConfirmEmailForm onNeedsAnother={onNeedsAnother} onConfirmed={onConfirmed} />}
      <CancelChange onCancelled={onCancelled} />
    </>
  );
}
