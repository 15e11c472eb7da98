import { useEffect } from 'react';
import { useQuery } from 'urql';

import { RefusalNotice } from '../../form/RefusalNotice';
import { ViewerDocument } from '../../generated/graphql';
import { texts } from '../../languages';
import { date } from '../../languages/times';
import { roleName } from '../../roleName';
import type { Viewer } from '../../server/answers';
import { withoutAnswer } from '../../server/refusals';
import { token } from '../../state/session';
import { LogoutButton } from './LogoutButton';
import { Screen } from '../Screen';

/** Who is logged in. */
export function AccountScreen({ onLoggedOut }: { onLoggedOut: (news: string) => void }) {
  const [{ data, error, fetching }, askAgain] = useQuery({ query: ViewerDocument });
  // A server that cannot tell answers null as well, and an error beside it.
  const ended = !fetching && !error && data?.viewer === null;

  useEffect(() => {
    if (!ended) return;
    token.forget();
    onLoggedOut(texts.sessionEnded);
  }, [ended]);

  if (data?.viewer) {
    return (
      <Screen title={texts.hello(data.viewer.name ?? null)}>
        <Profile viewer={data.viewer} />
        <LogoutButton onLoggedOut={onLoggedOut} />
      </Screen>
    );
  }
  return (
    <Screen title={texts.account}>
      {fetching || ended ? (
        <p role="status">{texts.oneMoment}</p>
      ) : (
        <>
          <RefusalNotice refusal={withoutAnswer(error)} />
          <button type="button" onClick={() => askAgain()}>{texts.tryAgain}</button>
        </>
      )}
    </Screen>
  );
}

function Profile({ viewer }: { viewer: Viewer }) {
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
