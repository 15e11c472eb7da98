import { useState } from 'react';

import { useWords } from '../../../provider/context.js';
import type { Policy } from '../../../server/answers.js';
import { usePendingEmailChange } from '../../../state/emailChange.js';
import { Opener, Section } from '../Section.js';
import type { Panels } from '../usePanels.js';
import { NewEmailForm } from './NewEmailForm.js';
import { PendingChange } from './PendingChange.js';

const PANEL = 'email';

export function EmailSection({ email, policy, panels, onChanged }: {
  email: string;
  policy: Policy | null;
  panels: Panels;
  onChanged: () => void;
}) {
  const { texts } = useWords();
  const [pending, setPending] = usePendingEmailChange();
  /** The address that was asked for, and why it has to be asked for again. */
  const [failed, setFailed] = useState<{ newEmail: string; why: string } | null>(null);

  const end = (news: string) => {
    setPending(null);
    panels.done('email', news);
  };

  if (pending) {
    return (
      <Section part="email" title={texts.email} panels={panels}>
        <PendingChange
          pending={pending}
          email={email}
          onCancelled={() => end(texts.emailStays)}
          onHalfConfirmed={() => {
            setPending({ ...pending, asksOld: true, confirmed: true });
            panels.done('email', texts.newEmailConfirmed);
          }}
          onConfirmed={() => {
            onChanged();
            end(texts.emailChanged);
          }}
          onNeedsAnother={(why) => {
            setFailed({ newEmail: pending.email, why });
            setPending(null);
            panels.show(PANEL);
          }}
        />
      </Section>
    );
  }
  return (
    <Section part="email" title={texts.email} hint={texts.emailAdvice} panels={panels}>
      {panels.open === PANEL ? (
        <NewEmailForm
          email={email}
          policy={policy}
          failed={failed}
          onCancel={() => {
            setFailed(null);
            panels.cancel();
          }}
          onRequested={(change) => {
            setFailed(null);
            panels.close();
            setPending(change);
          }}
        />
      ) : (
        <Opener panel={PANEL} panels={panels}>{texts.changeEmail}</Opener>
      )}
    </Section>
  );
}
