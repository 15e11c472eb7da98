import { useWords } from '../../../provider/context.js';
import type { Policy, Viewer } from '../../../server/answers.js';
import type { usePolicyOf } from '../../../state/policy.js';
import { NoAnswer } from '../../NoAnswer.js';
import { Opener, Section } from '../Section.js';
import type { Panels } from '../usePanels.js';
import { missingFields } from './missingFields.js';
import { ProfileDetails } from './ProfileDetails.js';
import { ProfileForm } from './ProfileForm.js';

export const PROFILE_PANEL = 'profile';

/** The name and what else the policy asks for: what the server has, or the form that changes it. */
export function ProfileSection({ viewer, policy, panels, onSaved }: {
  viewer: Viewer;
  policy: ReturnType<typeof usePolicyOf>;
  panels: Panels;
  onSaved: (viewer: Viewer) => void;
}) {
  const words = useWords();
  const { texts } = words;
  const [{ data, error, fetching }, askAgain] = policy;
  const known = data?.registrationPolicy;

  const saved = (changed: Viewer, by: Policy) => {
    onSaved(changed);
    panels.done('profile', `${texts.profileSaved} ${missingFields(changed, by, words)}`.trim());
  };

  return (
    <Section part="profile" title={texts.profile} panels={panels}>
      {panels.open !== PROFILE_PANEL ? (
        <>
          <ProfileDetails viewer={viewer} fields={known?.profileFields ?? []} />
          <Opener panel={PROFILE_PANEL} panels={panels}>{texts.editProfile}</Opener>
        </>
      ) : known ? (
        <ProfileForm
          viewer={viewer}
          policy={known}
          onCancel={panels.cancel}
          onSuccess={(changed) => saved(changed, known)}
        />
      ) : (
        <NoAnswer fetching={fetching} error={error} askAgain={askAgain} second />
      )}
    </Section>
  );
}
