import { type FormEvent, useState } from 'react';

import { useClasses, useWords } from '../provider/context.js';
import type { PasswordLengths } from '../state/pending.js';
import { PasswordField, type PasswordKind } from './PasswordField.js';
import { type Strength, strengthOf } from './strength.js';
import type { Form } from './useForm.js';

/** A password that is chosen now, and how good it is while it is typed. */
export function ChosenPasswordField({ form, kind = 'password', lengths, hint, email, autoFocus }: {
  form: Form;
  kind?: PasswordKind;
  /** What the policy asks for, once it is known. */
  lengths: PasswordLengths | undefined;
  /** What is said in place of the lengths. */
  hint?: string | undefined;
  /** Whose password it is, where the form does not ask for it. */
  email?: string;
  autoFocus?: boolean;
}) {
  const { texts } = useWords();
  const [strength, setStrength] = useState<Strength | null>(null);

  const rate = ({ currentTarget: { value, form: element } }: FormEvent<HTMLInputElement>) => {
    const typed = new FormData(element ?? undefined);
    const typedIn = (field: string) => typed.get(field)?.toString();
    const person = { name: typedIn('name'), email: email ?? typedIn('email') };
    setStrength(strengthOf(value, lengths, person));
  };

  return (
    <PasswordField
      form={form}
      kind={kind}
      autoComplete="new-password"
      hint={lengths ? texts.passwordHint(lengths.least, lengths.most) : hint}
      autoFocus={autoFocus}
      onInput={rate}
      // What the server refuses is not called fair beside it.
      below={<StrengthText strength={form.problems[kind] ? null : strength} />}
    />
  );
}

function StrengthText({ strength }: { strength: Strength | null }) {
  const { texts } = useWords();
  const classes = useClasses();
  return (
    // There before its text, which is read out when it changes, and not at every key.
    <span className={classes('strength')} data-strength={strength} aria-live="polite">
      {strength && texts.passwordStrength[strength]}
    </span>
  );
}
