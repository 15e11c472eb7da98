import { type ReactNode, useId } from 'react';

import type { Form, Problem } from './useForm';

/** What every field of a form has. */
export interface Labels {
  form: Form;
  name: string;
  label: string;
  hint?: string | undefined;
}

/** What an input needs so that a screen reader reads its hint and its problem with it. */
interface Attributes {
  id: string;
  name: string;
  'aria-invalid': true | undefined;
  'aria-describedby': string | undefined;
}

/** A label above an input, and below it its hint and what is wrong with it. */
export function Labelled({ form, name, label, hint, children }: Labels & {
  children: (attributes: Attributes) => ReactNode;
}) {
  const { attributes, messages } = useFieldParts({ form, name, hint });
  return (
    <div className="field">
      <label htmlFor={attributes.id}>{label}</label>
      <div className="input">{children(attributes)}</div>
      {messages}
    </div>
  );
}

/** The parts of a field, for one that shows its label in another way. */
export function useFieldParts({ form, name, hint }: Omit<Labels, 'label'>): {
  attributes: Attributes;
  /** The hint, and what is wrong. */
  messages: ReactNode;
} {
  const id = useId();
  const problem = form.problems[name];
  const shown = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean);
  return {
    attributes: {
      id,
      name,
      'aria-invalid': problem ? true : undefined,
      'aria-describedby': shown.join(' ') || undefined,
    },
    messages: (
      <>
        {hint && <p id={`${id}-hint`} className="hint">{hint}</p>}
        {problem && <ProblemText id={`${id}-problem`} problem={problem} />}
      </>
    ),
  };
}

function ProblemText({ id, problem }: { id: string; problem: Problem }) {
  return (
    <p id={id} className="problem">
      {problem.message}
      {problem.wayOn && <> <a href={problem.wayOn.href}>{problem.wayOn.label}</a></>}
    </p>
  );
}
