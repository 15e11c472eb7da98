import { useState } from 'react';

import { texts } from '../languages';
import { Field } from './Field';
import type { Form } from './useForm';

/** A password, which its owner may look at: on a phone, most mistakes are typing mistakes. */
export function PasswordField({ form, hint, autoComplete, autoFocus, kind = 'password' }: {
  form: Form;
  hint?: string | undefined;
  autoComplete: 'new-password' | 'current-password';
  autoFocus?: boolean;
  /** Its name in the form, which says which of two passwords it is. */
  kind?: keyof typeof texts.passwords;
}) {
  const { label, show } = texts.passwords[kind];
  const [shown, setShown] = useState(false);
  return (
    <Field
      form={form}
      name={kind}
      label={label}
      hint={hint}
      type={shown ? 'text' : 'password'}
      autoComplete={autoComplete}
      autoCapitalize="none"
      spellCheck={false}
      autoFocus={autoFocus}
      required
    >
      <button
        type="button"
        className="reveal"
        aria-label={show}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
      >
        {shown ? texts.hide : texts.show}
      </button>
    </Field>
  );
}
