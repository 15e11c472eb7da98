import type { ReactNode } from 'react';

import { texts } from '../languages';
import type { Action } from '../languages/texts';
import { RefusalNotice } from './RefusalNotice';
import { SendButton } from './SendButton';
import type { Form } from './useForm';

/** A form with its fields, what was refused, and the button that sends it. */
export function FormView({ form, send, onCancel, children }: {
  form: Form;
  send: Action;
  /** Closes a form that was opened within a screen. */
  onCancel?: () => void;
  children: ReactNode;
}) {
  return (
    // The server's answer is the only judge of the input: it says everything, and at once.
    <form ref={form.element} onSubmit={form.submit} onInput={form.mend} noValidate>
      {children}
      <RefusalNotice refusal={form.refusal} />
      <SendButton action={send} busy={form.busy} unavailable={form.unavailable} />
      {onCancel && (
        <button type="button" className="second" onClick={onCancel}>{texts.cancel}</button>
      )}
    </form>
  );
}
