import { type FormEvent, useRef } from 'react';

import { texts } from '../languages';
import { canBeCode } from './code';
import { Field } from './Field';
import type { Form } from './useForm';

/** The code from a mail. It sends its form at the last digit if the form asks for nothing else. */
export function CodeField({ form, sendsForm }: { form: Form; sendsForm: boolean }) {
  const sent = useRef('');

  const sendWhole = ({ currentTarget: { value, form: element } }: FormEvent<HTMLInputElement>) => {
    // Not the same code again: each wrong one costs an attempt.
    if (!canBeCode(value) || value === sent.current) return;
    sent.current = value;
    element?.requestSubmit();
  };

  return (
    // No maxLength, which would cut off a code that is pasted with spaces.
    <Field
      form={form}
      name="otp"
      label={texts.code}
      className="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      autoFocus
      onInput={sendsForm ? sendWhole : undefined}
      required
    />
  );
}
