import { useClasses, useWords } from '../provider/context.js';
import { WayLink } from '../provider/WayLink.js';
import type { Refusal } from '../server/refusals.js';
import { useSecondsUntil } from './countdown.js';

/** Says what stopped a form. Nothing is left of a wait once it is over. */
export function RefusalNotice({ refusal }: { refusal: Refusal | null }) {
  const { texts } = useWords();
  const classes = useClasses();
  if (!refusal) return null;
  switch (refusal.kind) {
    case 'plain':
      return (
        <div className={classes('notice')} role="alert">
          {refusal.message}
          {refusal.wayOn && <> <WayLink to={refusal.wayOn.to}>{refusal.wayOn.label}</WayLink></>}
        </div>
      );
    case 'wait':
      return <WaitNotice message={refusal.message} until={refusal.until} />;
    case 'incident':
      return (
        <div className={classes('notice')} role="alert">
          {refusal.message}
          <small>
            {texts.faultNumber} <code>{refusal.incidentId}</code>
          </small>
        </div>
      );
  }
}

function WaitNotice({ message, until }: { message: string; until: number }) {
  const words = useWords();
  const classes = useClasses();
  const seconds = useSecondsUntil(until);
  if (seconds === 0) return null;
  return (
    <div className={classes('notice')}>
      <span role="alert">{message}</span>{' '}
      {/* A timer is not read out at every tick. */}
      <span role="timer">{words.texts.tryAgainIn(words.fromNow(seconds))}</span>
    </div>
  );
}
