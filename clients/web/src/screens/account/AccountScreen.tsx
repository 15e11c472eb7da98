import { useEffect } from 'react';
import { useQuery } from 'urql';

import { RefusalNotice } from '../../form/RefusalNotice';
import { ViewerDocument } from '../../generated/graphql';
import { texts } from '../../languages';
import type { Viewer } from '../../server/answers';
import { withoutAnswer } from '../../server/refusals';
import { forgetEmailChange } from '../../state/emailChange';
import { usePolicyOf } from '../../state/policy';
import { token } from '../../state/session';
import { Screen } from '../Screen';
import { DeletionSection } from './deletion/DeletionSection';
import { DevicesSection } from './devices/DevicesSection';
import { EmailSection } from './email/EmailSection';
import { LogoutButton } from './LogoutButton';
import { PasswordSection } from './PasswordSection';
import { SessionEndedContext } from './sessionEnded';
import { usePanels } from './usePanels';
import { ViewerDetails } from './ViewerDetails';

/** Who is logged in, and what they can change. */
export function AccountScreen({ onLoggedOut }: { onLoggedOut: (news: string) => void }) {
  const [{ data, error, fetching }, askAgain] = useQuery({ query: ViewerDocument });
  // A server that cannot tell answers null as well, and an error beside it.
  const ended = !fetching && !error && data?.viewer === null;

  const leave = (news: string) => {
    forgetEmailChange();
    token.forget();
    onLoggedOut(news);
  };
  const endSession = () => leave(texts.sessionEnded);

  useEffect(() => {
    if (ended) endSession();
  }, [ended]);

  if (data?.viewer) {
    return (
      <SessionEndedContext value={endSession}>
        <Screen title={texts.hello(data.viewer.name ?? null)}>
          <Account viewer={data.viewer} onChanged={askAgain} onLeft={leave} />
        </Screen>
      </SessionEndedContext>
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

function Account({ viewer, onChanged, onLeft }: {
  viewer: Viewer;
  onChanged: () => void;
  /** Nobody is logged in any more. */
  onLeft: (news: string) => void;
}) {
  const panels = usePanels();
  // The account's own, which may be another one than that of the page's address.
  const [policy] = usePolicyOf(viewer.tenant?.id ?? null);
  const own = policy.data?.registrationPolicy ?? null;
  return (
    <>
      <ViewerDetails viewer={viewer} />
      <PasswordSection email={viewer.email} policy={own} panels={panels} />
      <EmailSection email={viewer.email} policy={own} panels={panels} onChanged={onChanged} />
      <DevicesSection email={viewer.email} panels={panels} />
      <div className="part">
        <LogoutButton onLoggedOut={() => onLeft(texts.loggedOut)} />
      </div>
      <DeletionSection email={viewer.email} panels={panels} onScheduled={onLeft} />
    </>
  );
}
