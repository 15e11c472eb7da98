import { texts } from '../../../languages';
import { useVerifiedElsewhere } from '../../../server/elsewhere';
import type { PendingEmailChange } from '../../../state/emailChange';
import { Instruction, Lifetimes } from '../../SentMail';
import { CancelChange } from './CancelChange';
import { ConfirmEmailForm } from './ConfirmEmailForm';

/** Waits until the new address is confirmed, and until the old one has agreed where it has to. */
export function PendingChange({ pending, email, onCancelled, ...outcomes }: {
  pending: PendingEmailChange;
  /** The address that counts until then. */
  email: string;
  onCancelled: () => void;
  onHalfConfirmed: () => void;
  onConfirmed: () => void;
  onNeedsAnother: (why: string) => void;
}) {
  useVerifiedElsewhere(pending.id, pending.sentAt, outcomes.onConfirmed);
  const byCode = pending.methods.includes('OTP');
  const byLink = pending.methods.includes('LINK');
  const [before, after] = pending.asksOld ? texts.oldEmailAgrees : texts.oldEmailStays;
  return (
    <>
      {!pending.confirmed && (
        <>
          <Instruction email={pending.email} byCode={byCode} byLink={byLink} />
          <Lifetimes mail={pending} />
        </>
      )}
      <p>{before}<strong>{email}</strong>{after}</p>
      {byCode && !pending.confirmed && <ConfirmEmailForm {...outcomes} />}
      <CancelChange onCancelled={onCancelled} />
    </>
  );
}
