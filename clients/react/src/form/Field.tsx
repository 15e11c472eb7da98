import type { InputHTMLAttributes, ReactNode } from 'react';

import { useClasses, useWords } from '../provider/context.js';
import type { Part } from '../provider/parts.js';
import { Labelled, type Labels, useFieldParts } from './Labelled.js';

type InputProps = Labels &
  Omit<InputHTMLAttributes<HTMLInputElement>, 'form'> & {
    /** What else the input is. */
    part?: Part;
    /** What stands beside the input. */
    children?: ReactNode;
    /** What stands below it, before its hint. */
    below?: ReactNode;
  };

/** One labelled input, with its hint and what is wrong with it. */
export function Field({ form, name, label, hint, part, children, below, ...input }: InputProps) {
  const classes = useClasses();
  return (
    <Labelled form={form} name={name} label={label} hint={hint} below={below}>
      {(attributes) => (
        <>
          <input {...attributes} className={classes('input', part)} {...input} />
          {children}
        </>
      )}
    </Labelled>
  );
}

/** One of a few values, each in sight. */
export function Choice({ form, name, label, options, chosen }: Labels & {
  options: string[];
  /** What is chosen to begin with. */
  chosen: string | undefined;
}) {
  const classes = useClasses();
  const words = useWords();
  const { attributes: { id, name: _, ...aria }, messages } = useFieldParts({ form, name });
  return (
    <div className={classes('field')} role="radiogroup" aria-labelledby={id} {...aria}>
      <span id={id} className={classes('label')}>{label}</span>
      {options.map((option) => (
        <label className={classes('option')} key={option}>
          <input type="radio" name={name} value={option} defaultChecked={option === chosen} />
          {words.roleName(option)}
        </label>
      ))}
      {messages}
    </div>
  );
}

type CheckboxProps = Labels & Pick<InputProps, 'defaultChecked' | 'autoFocus'>;

/** Something that is on or off. */
export function Checkbox({ form, name, label, hint, ...input }: CheckboxProps) {
  const classes = useClasses();
  const { attributes, messages } = useFieldParts({ form, name, hint });
  return (
    <div className={classes('field')}>
      <label className={classes('option')}>
        <input type="checkbox" {...attributes} {...input} />
        {label}
      </label>
      {messages}
    </div>
  );
}
