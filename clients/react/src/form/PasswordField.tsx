import { type FormEvent, type ReactNode, useState } from 'react';

import type { Texts } from '../languages/texts.js';
import { useClasses, useWords } from '../provider/context.js';
import { Field } from './Field.js';
import type { Form } from './useForm.js';

/** Which of two passwords it is, and its name in the form. */
export type PasswordKind = keyof Texts['passwords'];

/** A password, which its owner may look at: on a phone, most mistakes are typing mistakes. */
export function PasswordField({ form, kind = 'password', ...field }: {
  form: Form;
  kind?: PasswordKind;
  hint?: string | undefined;
  autoComplete: 'new-password' | 'current-password';
  autoFocus?: boolean | undefined;
  below?: ReactNode;
  onInput?: (event: FormEvent<HTMLInputElement>) => void;
}) {
  const { texts } = useWords();
  const classes = useClasses();
  const { label, show } = texts.passwords[kind];
  const [shown, setShown] = useState(false);
  return (
    <Field
      form={form}
      name={kind}
      label={label}
      type={shown ? 'text' : 'password'}
      autoCapitalize="none"
      spellCheck={false}
      required
      {...field}
    >
      <button
        type="button"
        className={classes('reveal')}
        aria-label={show}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
      >
        {shown ? texts.hide : texts.show}
      </button>
    </Field>
  );
}
