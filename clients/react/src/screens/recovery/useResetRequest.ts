import { type Form, useForm } from '../../form/useForm.js';
import { useResetMail } from '../../server/mails.js';
import { type PendingReset, usePendingReset } from '../../state/reset.js';

/** The form that asks whose password it is. Its field is `email`. */
export function useResetRequest({ onRequested }: {
  /** The mail is on its way, if the address has an account. */
  onRequested: (reset: PendingReset) => void;
}): { form: Form } {
  const askForMail = useResetMail();
  const [pending, setPending] = usePendingReset();
  const form = useForm(async (typed) => {
    const email = typed('email').trim();
    // Whoever came back to this form has a mail that is too new for another one.
    if (pending?.email === email && Date.now() < pending.resendFrom) return onRequested(pending);
    const asked = await askForMail(email);
    if ('refusal' in asked) return form.refuse(asked.refusal);
    if ('errors' in asked) return form.rejectFields(asked.errors);
    const reset = { email, sentAt: Date.now(), resendFrom: asked.resendFrom };
    setPending(reset);
    onRequested(reset);
  });
  return { form };
}
