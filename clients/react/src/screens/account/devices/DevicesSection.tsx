import { useClasses, useWords } from '../../../provider/context.js';
import { NoAnswer } from '../../NoAnswer.js';
import { Opener, Section } from '../Section.js';
import type { Panels } from '../usePanels.js';
import { Device } from './Device.js';
import { EndOthersForm } from './EndOthersForm.js';
import { useSessions } from './useSessions.js';

const PANEL = 'other-devices';

/** Where the person is logged in, and how to log out there. */
export function DevicesSection({ email, panels }: { email: string; panels: Panels }) {
  const { texts } = useWords();
  const classes = useClasses();
  const { sessions, fetching, error, askAgain } = useSessions();

  const done = (news: string) => {
    panels.done('devices', news);
    askAgain();
  };

  return (
    <Section part="devices" title={texts.devices} hint={texts.devicesAdvice} panels={panels}>
      {sessions ? (
        <>
          <ul className={classes('devices')}>
            {sessions.map((session) => (
              <Device
                key={session.id}
                session={session}
                email={email}
                panels={panels}
                onEnded={done}
              />
            ))}
          </ul>
          {sessions.length > 1 && (panels.open === PANEL ? (
            <EndOthersForm email={email} onCancel={panels.cancel} onSuccess={done} />
          ) : (
            <Opener panel={PANEL} panels={panels}>{texts.endOtherSessions.label}</Opener>
          ))}
        </>
      ) : (
        <NoAnswer fetching={fetching} error={error} askAgain={askAgain} second />
      )}
    </Section>
  );
}
