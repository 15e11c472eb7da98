import { texts } from '../../languages';
import { date } from '../../languages/times';
import { roleName } from '../../roleName';
import type { Viewer } from '../../server/answers';

/** What the server knows of whoever is logged in. */
export function ViewerDetails({ viewer }: { viewer: Viewer }) {
  const rows: [string, string | null | undefined][] = [
    [texts.email, viewer.email],
    [texts.role, roleName(viewer.role)],
    [texts.organization, viewer.tenant?.displayName],
    [texts.invitedBy, viewer.invitedBy],
    [texts.registeredOn, date(viewer.createdAt)],
  ];
  return (
    <dl>
      {rows.map(([term, value]) => value && (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
