import type { TextareaHTMLAttributes } from 'react';

import { Labelled, type Labels } from './Labelled';

type Props = Labels & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'form'>;

/** A text that may have several lines. */
export function TextArea({ form, name, label, hint, ...area }: Props) {
  return (
    <Labelled form={form} name={name} label={label} hint={hint}>
      {(attributes) => <textarea rows={4} {...attributes} {...area} />}
    </Labelled>
  );
}
