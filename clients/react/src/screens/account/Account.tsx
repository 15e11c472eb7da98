import { useClasses, useWords } from '../../provider/context.js';
import type { Viewer } from '../../server/answers.js';
import { usePolicyOf } from '../../state/policy.js';
import { NoAnswer } from '../NoAnswer.js';
import { Screen } from '../Screen.js';
import { DeletionSection } from './deletion/DeletionSection.js';
import { DevicesSection } from './devices/DevicesSection.js';
import { EmailSection } from './email/EmailSection.js';
import { NextSteps } from './NextSteps.js';
import { PasswordSection } from './PasswordSection.js';
import { ProfileSection } from './profile/ProfileSection.js';
import { SessionEndedContext } from './sessionEnded.js';
import { SignOutButton } from './SignOutButton.js';
import { useAccount } from './useAccount.js';
import { usePanels } from './usePanels.js';
import { ViewerDetails } from './ViewerDetails.js';

/** Who is logged in, and what they can change. */
export function Account(props: Parameters<typeof useAccount>[0]) {
  const { texts } = useWords();
  const account = useAccount(props);
  const { viewer, fetching, error, askAgain } = account;
  if (!viewer) {
    return (
      <Screen title={texts.account}>
        <NoAnswer fetching={fetching} error={error} askAgain={askAgain} />
      </Screen>
    );
  }
  return (
    <SessionEndedContext value={account.endSession}>
      <Screen title={texts.hello(viewer.name ?? null)}>
        <Sections
          viewer={viewer}
          onChanged={account.changed}
          askAgain={askAgain}
          onSignedOut={account.signedOut}
        />
      </Screen>
    </SessionEndedContext>
  );
}

function Sections({ viewer, onChanged, askAgain, onSignedOut }: {
  viewer: Viewer;
  onChanged: (viewer: Viewer) => void;
  askAgain: () => void;
  onSignedOut: (news: string) => void;
}) {
  const { texts } = useWords();
  const classes = useClasses();
  const panels = usePanels();
  // The account's own, which may be another one than that of the page.
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
      <div className={classes('part')}>
        <SignOutButton onSignedOut={() => onSignedOut(texts.loggedOut)} />
      </div>
      <DeletionSection email={viewer.email} policy={own} panels={panels} onScheduled={onSignedOut} />
    </>
  );
}
