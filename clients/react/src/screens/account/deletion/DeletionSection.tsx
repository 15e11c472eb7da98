import { useWords } from '../../../provider/context.js';
import type { Policy } from '../../../server/answers.js';
import { Opener, Section } from '../Section.js';
import type { Panels } from '../usePanels.js';
import { DeletionForm } from './DeletionForm.js';

const PANEL = 'deletion';

export function DeletionSection({ email, policy, panels, onScheduled }: {
  email: string;
  policy: Policy | null;
  panels: Panels;
  /** Nobody is logged in any more. */
  onScheduled: (news: string) => void;
}) {
  const { texts } = useWords();
  return (
    <Section
      part="deletion"
      title={texts.deleteAccount.label}
      hint={policy ? texts.deletionAdvice(policy.deletionDays) : undefined}
      panels={panels}
    >
      {panels.open === PANEL ? (
        <DeletionForm email={email} onCancel={panels.cancel} onScheduled={onScheduled} />
      ) : (
        <Opener panel={PANEL} panels={panels}>{texts.deleteAccount.label}</Opener>
      )}
    </Section>
  );
}
