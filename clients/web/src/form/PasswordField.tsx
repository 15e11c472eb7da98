import { useState } from 'react';

import { texts } from '../languages';
import { Field } from './Field';
import type { Form } from './useForm';

/** A password, which its owner may look at: on a phone, most mistakes are typing mistakes. */
export function PasswordField({ form, hint, autoComplete }: {
  form: Form;
  hint?: string;
  autoComplete: 'new-password' | 'current-password';
}) {
  const [shown, setShown] = useState(false);
  return (
    <Field
      form={form}
      name="password"
      label={texts.password}
      hint={hint}
      type={shown ? 'text' : 'password'}
      autoComplete={autoComplete}
      autoCapitalize="none"
      spellCheck={false}
      required
    >
      <button
        type="button"
        className="reveal"
        aria-label={texts.showPassword}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
      >
        {shown ? texts.hide : texts.show}
      </button>
    </Field>
  );
}
