import { texts } from '../../../languages';
import type { Policy, Viewer } from '../../../server/answers';
import type { usePolicyOf } from '../../../state/policy';
import { NoAnswer } from '../../NoAnswer';
import { Opener, Section } from '../Section';
import type { Panels } from '../usePanels';
import { missingFields } from './missingFields';
import { ProfileDetails } from './ProfileDetails';
import { ProfileForm } from './ProfileForm';

export const PROFILE_PANEL = 'profile';

/** The name and what else the policy asks for: what the server has, or the form that changes it. */
export function ProfileSection({ viewer, policy, panels, onSaved }: {
  viewer: Viewer;
  policy: ReturnType<typeof usePolicyOf>;
  panels: Panels;
  onSaved: (viewer: Viewer) => void;
}) {
  const [{ data, error, fetching }, askAgain] = policy;
  const known = data?.registrationPolicy;

  const saved = (changed: Viewer, by: Policy) => {
    onSaved(changed);
    panels.done('profile', `${texts.profileSaved} ${missingFields(changed, by)}`.trim());
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
          onSaved={(changed) => saved(changed, known)}
        />
      ) : (
        <NoAnswer fetching={fetching} error={error} askAgain={askAgain} second />
      )}
    </Section>
  );
}
