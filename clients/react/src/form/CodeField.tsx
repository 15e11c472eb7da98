import { type ClipboardEvent, type FormEvent, useRef } from 'react';

import { useWords } from '../provider/context.js';
import { canBeCode, codeIn } from './code.js';
import { Field } from './Field.js';
import type { Form } from './useForm.js';

/** The code from a mail. It sends its form at the last digit if the form asks for nothing else. */
export function CodeField({ form, sendsForm }: { form: Form; sendsForm: boolean }) {
  const { texts } = useWords();
  const sent = useRef('');

  const sendWhole = (input: HTMLInputElement) => {
    // Not the same code again: each wrong one costs an attempt.
    if (!canBeCode(input.value) || input.value === sent.current) return;
    sent.current = input.value;
    input.form?.requestSubmit();
  };

  /** Of a sentence that is pasted, only its code is taken. */
  const pasteCode = (event: ClipboardEvent<HTMLInputElement>) => {
    const pasted = event.clipboardData.getData('text');
    const code = codeIn(pasted);
    if (code === null || canBeCode(pasted)) return; // the browser pastes what can be sent as it is
    event.preventDefault();
    event.currentTarget.value = code;
    // What listens to typing, such as that which takes back a problem, hears of this as well.
    event.currentTarget.dispatchEvent(new InputEvent('input', { bubbles: true }));
  };

  return (
    // No maxLength, which would cut off a code that is pasted with spaces.
    <Field
      form={form}
      name="otp"
      label={texts.code}
      part="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      autoFocus
      onInput={({ currentTarget }: FormEvent<HTMLInputElement>) => {
        if (sendsForm) sendWhole(currentTarget);
      }}
      onPaste={pasteCode}
      required
    />
  );
}
