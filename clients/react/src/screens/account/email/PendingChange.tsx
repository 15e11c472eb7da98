import { useWords } from '../../../provider/context.js';
import { useVerifiedElsewhere } from '../../../server/elsewhere.js';
import type { PendingEmailChange } from '../../../state/emailChange.js';
import { InboxLink, Instruction, Lifetimes } from '../../SentMail.js';
import { CancelChange } from './CancelChange.js';
import { ConfirmEmailForm } from './ConfirmEmailForm.js';
import type { ConfirmEmailOutcomes } from './useConfirmEmail.js';

/** Waits until the new address is confirmed, and until the old one has agreed where it has to. */
export function PendingChange({ pending, email, onCancelled, ...outcomes }: {
  pending: PendingEmailChange;
  /** The address that counts until then. */
  email: string;
  onCancelled: () => void;
} & ConfirmEmailOutcomes) {
  const { texts } = useWords();
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
          <InboxLink email={pending.email} />
        </>
      )}
      <p>{before}<strong>{email}</strong>{after}</p>
      {byCode && !pending.confirmed && <ConfirmEmailForm {...outcomes} />}
      <CancelChange onCancelled={onCancelled} />
    </>
  );
}
