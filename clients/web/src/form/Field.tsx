import type { InputHTMLAttributes, ReactNode } from 'react';

import { roleName } from '../roleName';
import { Labelled, type Labels, useFieldParts } from './Labelled';

type InputProps = Labels &
  Omit<InputHTMLAttributes<HTMLInputElement>, 'form'> & {
    /** What stands beside the input. */
    children?: ReactNode;
  };

/** One labelled input, with its hint and what is wrong with it. */
export function Field({ form, name, label, hint, children, ...input }: InputProps) {
  return (
    <Labelled form={form} name={name} label={label} hint={hint}>
      {(attributes) => (
        <>
          <input {...attributes} {...input} />
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
  const { attributes: { id, name: _, ...aria }, messages } = useFieldParts({ form, name });
  return (
    <div className="field" role="radiogroup" aria-labelledby={id} {...aria}>
      <span id={id} className="label">{label}</span>
      {options.map((option) => (
        <label className="option" key={option}>
          <input type="radio" name={name} value={option} defaultChecked={option === chosen} />
          {roleName(option)}
        </label>
      ))}
      {messages}
    </div>
  );
}

type CheckboxProps = Labels & Pick<InputProps, 'defaultChecked' | 'autoFocus'>;

/** Something that is on or off. */
export function Checkbox({ form, name, label, hint, ...input }: CheckboxProps) {
  const { attributes, messages } = useFieldParts({ form, name, hint });
  return (
    <div className="field">
      <label className="option">
        <input type="checkbox" {...attributes} {...input} />
        {label}
      </label>
      {messages}
    </div>
  );
}
