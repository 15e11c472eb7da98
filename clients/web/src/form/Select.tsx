import type { SelectHTMLAttributes } from 'react';

import { texts } from '../languages';
import { Labelled, type Labels } from './Labelled';

type Props = Labels &
  Omit<SelectHTMLAttributes<HTMLSelectElement>, 'form'> & {
    options: string[];
  };

/** One of many values, or none yet. */
export function Select({ form, name, label, hint, options, ...select }: Props) {
  return (
    <Labelled form={form} name={name} label={label} hint={hint}>
      {(attributes) => (
        <select {...attributes} {...select}>
          <option value="">{texts.choose}</option>
          {/* Without `value`, spaces in a row would be one. */}
          {options.map((option) => <option key={option} value={option}>{option}</option>)}
        </select>
      )}
    </Labelled>
  );
}
