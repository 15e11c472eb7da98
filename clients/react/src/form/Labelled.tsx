import { type ReactNode, useId } from 'react';

import { useClasses, useWords } from '../provider/context.js';
import { WayLink } from '../provider/WayLink.js';
import type { Form, Problem } from './useForm.js';

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
export function Labelled({ form, name, label, hint, below, children }: Labels & {
  below?: ReactNode;
  children: (attributes: Attributes) => ReactNode;
}) {
  const classes = useClasses();
  const { attributes, messages } = useFieldParts({ form, name, hint });
  return (
    <div className={classes('field')}>
      <label className={classes('label')} htmlFor={attributes.id}>{label}</label>
      <div className={classes('typed')}>{children(attributes)}</div>
      {below}
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
  const classes = useClasses();
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
        {hint && <p id={`${id}-hint`} className={classes('hint')}>{hint}</p>}
        {/* There before its text, which is read out also where the field has the focus already. */}
        <div aria-live="assertive">
          {problem && (
            <p id={`${id}-problem`} className={classes('problem')}>
              <ProblemText problem={problem} onTake={(value) => form.take(name, value)} />
            </p>
          )}
        </div>
      </>
    ),
  };
}

function ProblemText({ problem: { message, wayOn, suggestion }, onTake }: {
  problem: Problem;
  onTake: (suggestion: string) => void;
}) {
  const { texts } = useWords();
  const classes = useClasses();
  const [before, after] = texts.didYouMean;
  return (
    <>
      {message}
      {wayOn && <> <WayLink to={wayOn.to}>{wayOn.label}</WayLink></>}
      {suggestion && (
        <>
          {' '}{before}
          <button type="button" className={classes('take')} onClick={() => onTake(suggestion)}>
            {suggestion}
          </button>
          {after}
        </>
      )}
    </>
  );
}
