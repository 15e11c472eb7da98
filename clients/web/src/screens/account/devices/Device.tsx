import { texts } from '../../../languages';
import { ago } from '../../../languages/times';
import type { Session } from '../../../server/answers';
import { onThisClock } from '../../../server/time';
import { Opener } from '../Section';
import type { Panels } from '../usePanels';
import { EndSessionForm } from './EndSessionForm';

/** One session, and the form that ends it. */
export function Device({ session, email, panels, onEnded }: {
  session: Session;
  email: string;
  panels: Panels;
  onEnded: (news: string) => void;
}) {
  const name = nameOf(session);
  const panel = `session:${session.id}`;
  return (
    <li>
      <div className="device">
        <div>
          <strong>{name}</strong>
          <div className="hint">
            {session.current
              ? texts.thisDevice
              : texts.lastUsed(ago(onThisClock(session.lastUsedAt)))}
          </div>
        </div>
        {!session.current && panels.open !== panel && (
          <Opener panel={panel} panels={panels} label={texts.endSessionOf(name).label}>
            {texts.endSession}
          </Opener>
        )}
      </div>
      {panels.open === panel && (
        <EndSessionForm
          id={session.id}
          device={name}
          email={email}
          onCancel={panels.cancel}
          onEnded={onEnded}
        />
      )}
    </li>
  );
}

/** The server's English label in the words of this language. */
function nameOf({ client }: Session): string {
  if (!client) return texts.unknownDevice;
  const [browser, system] = client.split(' on ');
  return browser && system ? texts.browserOn(browser, system) : client;
}
