import type { ReactNode } from 'react';

import type { Action } from '../languages/texts.js';
import { useClasses, useWords } from '../provider/context.js';
import { RefusalNotice } from './RefusalNotice.js';
import { SendButton } from './SendButton.js';
import type { Form } from './useForm.js';

/** A form with its fields, what was refused, and the button that sends it. */
export function FormView({ form, send, danger, onCancel, children }: {
  form: Form;
  send: Action;
  /** Whether it takes something away. */
  danger?: boolean;
  /** Closes a form that was opened within a component. */
  onCancel?: () => void;
  children: ReactNode;
}) {
  const { texts } = useWords();
  const classes = useClasses();
  return (
    <form className={classes('form')} {...form.attributes}>
      {children}
      <RefusalNotice refusal={form.refusal} />
      <SendButton action={send} busy={form.busy} unavailable={form.unavailable} danger={danger} />
      {onCancel && (
        <button type="button" className={classes('button', 'second')} onClick={onCancel}>
          {texts.cancel}
        </button>
      )}
    </form>
  );
}
