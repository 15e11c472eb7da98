import type { SelectHTMLAttributes } from 'react';

import { useClasses, useWords } from '../provider/context.js';
import { Labelled, type Labels } from './Labelled.js';

type Props = Labels &
  Omit<SelectHTMLAttributes<HTMLSelectElement>, 'form'> & {
    options: string[];
  };

/** One of many values, or none yet. */
export function Select({ form, name, label, hint, options, ...select }: Props) {
  const { texts } = useWords();
  const classes = useClasses();
  return (
    <Labelled form={form} name={name} label={label} hint={hint}>
      {(attributes) => (
        <select {...attributes} className={classes('input')} {...select}>
          <option value="">{texts.choose}</option>
          {/* Without `value`, spaces in a row would be one. */}
          {options.map((option) => <option key={option} value={option}>{option}</option>)}
        </select>
      )}
    </Labelled>
  );
}
