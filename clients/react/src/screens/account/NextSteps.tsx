import { useClasses, useWords } from '../../provider/context.js';
import type { Policy, Viewer } from '../../server/answers.js';
import { missingFields } from './profile/missingFields.js';
import { PROFILE_PANEL } from './profile/ProfileSection.js';
import type { Panels } from './usePanels.js';

/** What the person has to do next, as the server says, and the way to each step. */
export function NextSteps({ viewer, policy, panels }: {
  viewer: Viewer;
  /** The person's own; null while it is not known. */
  policy: Policy | null;
  panels: Panels;
}) {
  return viewer.nextSteps.map((step) => {
    switch (step) {
      case 'COMPLETE_PROFILE':
        return <CompleteProfile key={step} viewer={viewer} policy={policy} panels={panels} />;
      case 'VERIFY_EMAIL':
        return null; // nobody is logged in before it is done
      default:
        step satisfies never;
        return null; // this page is older than the server
    }
  });
}

function CompleteProfile({ viewer, policy, panels }: Parameters<typeof NextSteps>[0]) {
  const words = useWords();
  const { texts } = words;
  const classes = useClasses();
  // The way has been taken: the form asks for what is missing.
  if (panels.open === PROFILE_PANEL) return null;
  return (
    <div className={classes('news')}>
      <p>{texts.profileIncomplete} {policy && missingFields(viewer, policy, words)}</p>
      {panels.open === null && ( // else the open form has the one button that goes on
        <button
          type="button"
          className={classes('button')}
          onClick={() => panels.show(PROFILE_PANEL)}
        >
          {texts.completeProfile}
        </button>
      )}
    </div>
  );
}
