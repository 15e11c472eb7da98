import type { TextareaHTMLAttributes } from 'react';

import { useClasses } from '../provider/context.js';
import { Labelled, type Labels } from './Labelled.js';

type Props = Labels & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'form'>;

/** A text that may have several lines. */
export function TextArea({ form, name, label, hint, ...area }: Props) {
  const classes = useClasses();
  return (
    <Labelled form={form} name={name} label={label} hint={hint}>
      {(attributes) => (
        <textarea rows={4} {...attributes} className={classes('input')} {...area} />
      )}
    </Labelled>
  );
}
