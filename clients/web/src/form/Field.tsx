import { type InputHTMLAttributes, type ReactNode, useId } from 'react';

import { roleName } from '../roleName';
import type { Form, Problem } from './useForm';

interface Shown {
  form: Form;
  name: string;
  label: string;
  hint?: string | undefined;
}

type Props = Shown &
  Omit<InputHTMLAttributes<HTMLInputElement>, 'form'> & {
    /** What stands beside the input. */
    children?: ReactNode;
  };

/** One labelled input, with its hint and what is wrong with it. */
export function Field({ form, name, label, hint, children, ...input }: Props) {
  const id = useId();
  const problem = form.problems[name];
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="input">
        <input
          id={id}
          name={name}
          aria-invalid={problem ? true : undefined}
          aria-describedby={describedBy(id, hint, problem)}
          {...input}
        />
        {children}
      </div>
      <FieldTexts id={id} hint={hint} problem={problem} />
    </div>
  );
}

/** One of a few values, each in sight. */
export function Choice({ form, name, label, options, chosen }: Shown & {
  options: string[];
  /** What is chosen to begin with. */
  chosen: string | undefined;
}) {
  const id = useId();
  const problem = form.problems[name];
  return (
    <div
      className="field"
      role="radiogroup"
      aria-labelledby={id}
      aria-invalid={problem ? true : undefined}
      aria-describedby={describedBy(id, undefined, problem)}
    >
      <span id={id} className="label">{label}</span>
      {options.map((option) => (
        <label className="option" key={option}>
          <input type="radio" name={name} value={option} defaultChecked={option === chosen} />
          {roleName(option)}
        </label>
      ))}
      <FieldTexts id={id} problem={problem} />
    </div>
  );
}

/** Something that is on or off. */
export function Checkbox({ name, label }: { name: string; label: string }) {
  return (
    <label className="option field">
      <input type="checkbox" name={name} />
      {label}
    </label>
  );
}

function FieldTexts({ id, hint, problem }: {
  id: string;
  hint?: string | undefined;
  problem: Problem | undefined;
}) {
  return (
    <>
      {hint && <p id={`${id}-hint`} className="hint">{hint}</p>}
      {problem && (
        <p id={`${id}-problem`} className="problem">
          {problem.message}
          {problem.wayOn && <> <a href={problem.wayOn.href}>{problem.wayOn.label}</a></>}
        </p>
      )}
    </>
  );
}

function describedBy(id: string, hint: string | undefined, problem: Problem | undefined) {
  return [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ') || undefined;
}
