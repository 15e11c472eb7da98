import { useEffect, useRef } from 'react';
import { useQuery } from 'urql';

import { ViewerSessionsDocument } from '../../../generated/graphql';
import { texts } from '../../../languages';
import type { Session } from '../../../server/answers';
import { session, useSession } from '../../../state/session';
import { NoAnswer } from '../../NoAnswer';
import { Opener, Section } from '../Section';
import { useSessionEnded } from '../sessionEnded';
import type { Panels } from '../usePanels';
import { Device } from './Device';
import { EndOthersForm } from './EndOthersForm';

const PANEL = 'other-devices';

/** Where the person is logged in, and how to log out there. */
export function DevicesSection({ email, panels }: { email: string; panels: Panels }) {
  const [{ data, error, fetching }, askAgain] = useQuery({ query: ViewerSessionsDocument });
  const endSession = useSessionEnded();
  const ended = !fetching && !error && data?.viewer === null;
  const sessions = data?.viewer?.sessions?.toSorted(currentFirst);
  const { cookies } = useSession();
  const listed = useRef(cookies);

  useEffect(() => {
    if (ended) endSession();
    else if (data?.viewer) session.confirm();
  }, [ended, data]);

  // A change of the password opens another session here, and may end those elsewhere.
  useEffect(() => {
    if (listed.current !== cookies) askAgain();
    listed.current = cookies;
  }, [cookies]);

  const done = (news: string) => {
    panels.done('devices', news);
    askAgain();
  };

  return (
    <Section part="devices" title={texts.devices} hint={texts.devicesAdvice} panels={panels}>
      {sessions && (
        <>
          <ul className="devices">
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
            <EndOthersForm email={email} onCancel={panels.cancel} onEnded={done} />
          ) : (
            <Opener panel={PANEL} panels={panels}>{texts.endOtherSessions.label}</Opener>
          ))}
        </>
      )}
      {!sessions && !ended && (
        <NoAnswer fetching={fetching} error={error} askAgain={askAgain} second />
      )}
    </Section>
  );
}

function currentFirst(one: Session, other: Session): number {
  return Number(other.current) - Number(one.current);
}
