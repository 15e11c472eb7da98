import type { ReactNode } from 'react';

import { RefusalNotice } from './RefusalNotice';
import type { Form } from './useForm';

/** A form with its fields, what was refused, and the button that sends it. */
export function FormView({ form, send, children }: {
  form: Form;
  /** What the button says. */
  send: string;
  children: ReactNode;
}) {
  return (
    // The server's answer is the only judge of the input: it says everything, and at once.
    <form ref={form.element} onSubmit={form.submit} noValidate>
      {children}
      <RefusalNotice refusal={form.refusal} />
      {/* Not `disabled`, which would take the focus from whoever just pressed it. */}
      <button type="submit" aria-disabled={form.unavailable}>
        {send}
      </button>
    </form>
  );
}
