import { useEffect } from 'react';
import { useQuery } from 'urql';

import { RefusalNotice } from '../form/RefusalNotice';
import { ViewerDocument } from '../generated/graphql';
import { roleName } from '../roleName';
import type { Viewer } from '../server/answers';
import { withoutAnswer } from '../server/refusals';
import { token } from '../state/session';
import { LogoutButton } from './LogoutButton';
import { Screen } from './Screen';

/** Who is logged in. */
export function AccountScreen({ onLoggedOut }: { onLoggedOut: (news: string) => void }) {
  const [{ data, error, fetching }, askAgain] = useQuery({ query: ViewerDocument });
  // A server that cannot tell answers null as well, and an error beside it.
  const ended = !fetching && !error && data?.viewer === null;

  useEffect(() => {
    if (!ended) return;
    token.forget();
    onLoggedOut('Your session has ended. Please log in again.');
  }, [ended]);

  if (data?.viewer) {
    return (
      <Screen title={data.viewer.name ? `Hello, ${data.viewer.name}` : 'Hello'}>
        <Profile viewer={data.viewer} />
        <LogoutButton onLoggedOut={onLoggedOut} />
      </Screen>
    );
  }
  return (
    <Screen title="Your account">
      {fetching || ended ? (
        <p role="status">One moment…</p>
      ) : (
        <>
          <RefusalNotice refusal={withoutAnswer(error)} />
          <button type="button" onClick={() => askAgain()}>Try again</button>
        </>
      )}
    </Screen>
  );
}

function Profile({ viewer }: { viewer: Viewer }) {
  const registered = new Date(viewer.createdAt);
  const rows: [string, string | null | undefined][] = [
    ['Email', viewer.email],
    ['Role', roleName(viewer.role)],
    ['With', viewer.tenant?.name],
    ['Invited by', viewer.invitedBy],
    ['Registered', registered.toLocaleDateString('en', { dateStyle: 'long' })],
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
