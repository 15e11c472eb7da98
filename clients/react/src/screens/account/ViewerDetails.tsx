import { useClasses, useWords } from '../../provider/context.js';
import type { Viewer } from '../../server/answers.js';

/** What the server knows of whoever is logged in. */
export function ViewerDetails({ viewer }: { viewer: Viewer }) {
  const words = useWords();
  const { texts } = words;
  const classes = useClasses();
  const rows: [string, string | null | undefined][] = [
    [texts.email, viewer.email],
    [texts.role, words.roleName(viewer.role)],
    [texts.organization, viewer.tenant?.displayName],
    [texts.invitedBy, viewer.invitedBy],
    [texts.registeredOn, words.date(viewer.createdAt)],
  ];
  return (
    <dl className={classes('details')}>
      {rows.map(([term, value]) => value && (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
