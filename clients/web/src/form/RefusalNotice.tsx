import { texts } from '../languages';
import { fromNow } from '../languages/times';
import type { Refusal } from '../server/refusals';
import { useSecondsUntil } from './countdown';

/** Says what stopped a form. Nothing is left of a wait once it is over. */
export function RefusalNotice({ refusal }: { refusal: Refusal | null }) {
  if (!refusal) return null;
  switch (refusal.kind) {
    case 'plain':
      return (
        <div className="notice" role="alert">
          {refusal.message}
          {refusal.wayOn && <> <a href={refusal.wayOn.href}>{refusal.wayOn.label}</a></>}
        </div>
      );
    case 'wait':
      return <WaitNotice message={refusal.message} until={refusal.until} />;
    case 'incident':
      return (
        <div className="notice" role="alert">
          {refusal.message}
          <small>
            {texts.faultNumber} <code>{refusal.incidentId}</code>
          </small>
        </div>
      );
  }
}

function WaitNotice({ message, until }: { message: string; until: number }) {
  const seconds = useSecondsUntil(until);
  if (seconds === 0) return null;
  return (
    <div className="notice">
      <span role="alert">{message}</span>{' '}
      {/* A timer is not read out at every tick. */}
      <span role="timer">{texts.tryAgainIn(fromNow(seconds))}</span>
    </div>
  );
}
