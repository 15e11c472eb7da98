import { texts } from '../../../languages';
import { Opener, Section } from '../Section';
import type { Panels } from '../usePanels';
import { DeletionForm } from './DeletionForm';

const PANEL = 'deletion';

export function DeletionSection({ email, panels, onScheduled }: {
  email: string;
  panels: Panels;
  /** Nobody is logged in any more. */
  onScheduled: (news: string) => void;
}) {
  return (
    <Section
      part="deletion"
      title={texts.deleteAccount.label}
      hint={texts.deletionAdvice}
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
