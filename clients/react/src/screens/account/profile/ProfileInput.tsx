import { Checkbox, Field } from '../../../form/Field.js';
import { profileFieldName } from '../../../form/fields.js';
import { Select } from '../../../form/Select.js';
import { TextArea } from '../../../form/TextArea.js';
import type { Form } from '../../../form/useForm.js';
import { useWords } from '../../../provider/context.js';
import type { ProfileField } from '../../../server/answers.js';

/** What browsers may fill in by themselves, by keys that say what they are for. */
const AUTOCOMPLETE: Readonly<Record<string, string>> = {
  phone: 'tel',
  mobile: 'tel',
  birthday: 'bday',
  birthdate: 'bday',
  dateofbirth: 'bday',
  address: 'street-address',
};

/** A field of the profile as its type is typed or chosen. */
export function ProfileInput({ form, field, given, autoFocus }: {
  form: Form;
  field: ProfileField;
  /** The value that the server has. */
  given: string | undefined;
  autoFocus: boolean;
}) {
  const { texts } = useWords();
  const { key, type, label, choices, maxLength, required } = field;
  const labels = {
    form,
    name: profileFieldName(key),
    label: required ? label : texts.optional(label),
    autoFocus,
  };
  const text = {
    ...labels,
    required,
    defaultValue: given,
    autoComplete: AUTOCOMPLETE[key.toLowerCase()],
  };
  switch (type) {
    case 'BOOLEAN':
      return <Checkbox {...labels} label={label} defaultChecked={given === 'true'} />;
    case 'CHOICE': {
      // A policy may have lost a choice that somebody has made.
      const options = given && !choices.includes(given) ? [given, ...choices] : choices;
      return <Select {...text} options={options} />;
    }
    case 'LONG_TEXT':
      return <TextArea {...text} maxLength={maxLength ?? undefined} />;
    case 'DATE':
      // Without `max`, browsers take years of six digits.
      return <Field {...text} type="date" max="9999-12-31" />;
    case 'PHONE':
      return <Field {...text} type="tel" hint={texts.phoneHint} />;
    default: // TEXT, and what this page does not know, as it is older than the server
      return <Field {...text} maxLength={maxLength ?? undefined} />;
  }
}
