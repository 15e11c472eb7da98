import type { Words } from '../../../languages/words.js';
import { useClasses, useWords } from '../../../provider/context.js';
import type { ProfileField, Viewer } from '../../../server/answers.js';

/** What the person has given of the profile, and which of it is still missing. */
export function ProfileDetails({ viewer, fields }: { viewer: Viewer; fields: ProfileField[] }) {
  const words = useWords();
  const { texts } = words;
  const classes = useClasses();
  const given = new Map(viewer.profile.map(({ key, value }) => [key, value]));
  const rows = fields.map((field) => ({
    ...field,
    value: given.get(field.key),
    isMissing: viewer.missingProfileFields.includes(field.key),
  }));
  const shown = rows.filter(({ value, isMissing }) => value !== undefined || isMissing);
  if (!viewer.name && shown.length === 0) return null;
  return (
    <dl className={classes('details')}>
      {viewer.name && (
        <div>
          <dt>{texts.name}</dt>
          <dd>{viewer.name}</dd>
        </div>
      )}
      {shown.map(({ key, type, label, value }) => (
        <div key={key}>
          <dt>{label}</dt>
          {value === undefined ? (
            <dd className={classes('problem')}>{texts.missing}</dd>
          ) : (
            <dd className={classes('lines')}>{asRead(type, value, words)}</dd>
          )}
        </div>
      ))}
    </dl>
  );
}

/** A value as people read it. Programs write dates and answers in a way of their own. */
function asRead(type: ProfileField['type'], value: string, words: Words): string {
  if (type === 'DATE') return words.calendarDate(value);
  if (type === 'BOOLEAN') return value === 'true' ? words.texts.yes : words.texts.no;
  return value;
}
