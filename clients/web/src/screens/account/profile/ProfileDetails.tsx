import { texts } from '../../../languages';
import { calendarDate } from '../../../languages/times';
import type { ProfileField, Viewer } from '../../../server/answers';

/** What the person has given of the profile, and which of it is still missing. */
export function ProfileDetails({ viewer, fields }: { viewer: Viewer; fields: ProfileField[] }) {
  const given = new Map(viewer.profile.map(({ key, value }) => [key, value]));
  const rows = fields.map((field) => ({
    ...field,
    value: given.get(field.key),
    isMissing: viewer.missingProfileFields.includes(field.key),
  }));
  const shown = rows.filter(({ value, isMissing }) => value !== undefined || isMissing);
  if (!viewer.name && shown.length === 0) return null;
  return (
    <dl>
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
            <dd className="problem">{texts.missing}</dd>
          ) : (
            <dd className="lines">{asRead(type, value)}</dd>
          )}
        </div>
      ))}
    </dl>
  );
}

/** A value as people read it. Programs write dates and answers in a way of their own. */
function asRead(type: ProfileField['type'], value: string): string {
  if (type === 'DATE') return calendarDate(value);
  if (type === 'BOOLEAN') return value === 'true' ? texts.yes : texts.no;
  return value;
}
