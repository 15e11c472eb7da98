import type { Texts } from '../../../languages/texts.js';
import { useClasses, useConnectx } from '../../../provider/context.js';
import type { Session } from '../../../server/answers.js';
import { Opener } from '../Section.js';
import type { Panels } from '../usePanels.js';
import { EndSessionForm } from './EndSessionForm.js';

/** One session, and the form that ends it. */
export function Device({ session, email, panels, onEnded }: {
  session: Session;
  email: string;
  panels: Panels;
  onEnded: (news: string) => void;
}) {
  const { server, words } = useConnectx();
  const { texts } = words;
  const classes = useClasses();
  const name = nameOf(session, texts);
  const panel = `session:${session.id}`;
  return (
    <li>
      <div className={classes('device')}>
        <div>
          <strong>{name}</strong>
          <div className={classes('hint')}>
            {session.current
              ? texts.thisDevice
              : texts.lastUsed(words.ago(server.onThisClock(session.lastUsedAt)))}
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
          onSuccess={onEnded}
        />
      )}
    </li>
  );
}

/** The server's English label in the words of this language. */
function nameOf({ client }: Session, texts: Texts): string {
  if (!client) return texts.unknownDevice;
  const [browser, system] = client.split(' on ');
  return browser && system ? texts.browserOn(browser, system) : client;
}
