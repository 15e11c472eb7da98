import { useEffect, useState } from 'react';
import { useQuery } from 'urql';

import { ViewerDocument } from '../../generated/graphql';
import { texts } from '../../languages';
import { useAccountEvents } from '../../server/accountEvents';
import type { Viewer } from '../../server/answers';
import { forgetEmailChange } from '../../state/emailChange';
import { usePolicyOf } from '../../state/policy';
import { session } from '../../state/session';
import { NoAnswer } from '../NoAnswer';
import { Screen } from '../Screen';
import { DeletionSection } from './deletion/DeletionSection';
import { DevicesSection } from './devices/DevicesSection';
import { EmailSection } from './email/EmailSection';
import { LogoutButton } from './LogoutButton';
import { NextSteps } from './NextSteps';
import { PasswordSection } from './PasswordSection';
import { ProfileSection } from './profile/ProfileSection';
import { SessionEndedContext } from './sessionEnded';
import { usePanels } from './usePanels';
import { ViewerDetails } from './ViewerDetails';

/** Who is logged in, and what they can change. */
export function AccountScreen({ onLoggedOut }: { onLoggedOut: (news: string) => void }) {
  const [{ data, error, fetching }, askAgain] = useQuery({ query: ViewerDocument });
  /** The person after a change, until the server is asked again. */
  const [changed, setChanged] = useState<Viewer | null>(null);
  const viewer = data?.viewer && (changed ?? data.viewer);
  // A server that cannot tell answers null as well, and an error beside it.
  const ended = !fetching && !error && data?.viewer === null;

  const leave = (news: string) => {
    forgetEmailChange();
    session.end();
    onLoggedOut(news);
  };
  const endSession = () =>
    leave(session.get().kept ? texts.sessionEnded : texts.cookieNotKept);

  useEffect(() => {
    if (ended) endSession();
  }, [ended]);

  useEffect(() => {
    if (data?.viewer) session.confirm();
    setChanged(null);
  }, [data]);

  useAccountEvents({ onViewer: setChanged, onEnded: endSession });

  if (viewer) {
    return (
      <SessionEndedContext value={endSession}>
        <Screen title={texts.hello(viewer.name ?? null)}>
          <Account viewer={viewer} onChanged={setChanged} askAgain={askAgain} onLeft={leave} />
        </Screen>
      </SessionEndedContext>
    );
  }
  return (
    <Screen title={texts.account}>
      <NoAnswer fetching={fetching || ended} error={error} askAgain={askAgain} />
    </Screen>
  );
}

function Account({ viewer, onChanged, askAgain, onLeft }: {
  viewer: Viewer;
  onChanged: (viewer: Viewer) => void;
  /** For a change whose answer does not have the person. */
  askAgain: () => void;
  /** Nobody is logged in any more. */
  onLeft: (news: string) => void;
}) {
  const panels = usePanels();
  // The account's own, which may be another one than that of the page's address.
  const policy = usePolicyOf(viewer.tenant?.id ?? null);
  const own = policy[0].data?.registrationPolicy ?? null;
  return (
    <>
      <NextSteps viewer={viewer} policy={own} panels={panels} />
      <ViewerDetails viewer={viewer} />
      <ProfileSection viewer={viewer} policy={policy} panels={panels} onSaved={onChanged} />
      <PasswordSection email={viewer.email} policy={own} panels={panels} />
      <EmailSection email={viewer.email} policy={own} panels={panels} onChanged={askAgain} />
      <DevicesSection email={viewer.email} panels={panels} />
      <div className="part">
        <LogoutButton onLoggedOut={() => onLeft(texts.loggedOut)} />
      </div>
      <DeletionSection email={viewer.email} panels={panels} onScheduled={onLeft} />
    </>
  );
}
