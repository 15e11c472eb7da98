import { RefusalNotice } from '../form/RefusalNotice.js';
import { useClasses, useWords } from '../provider/context.js';
import { useRefusals } from '../server/refusals.js';
import type { Failure } from '../server/server.js';

/** What stands where the answer to a query is missing: that it is on its way, or why it is not. */
export function NoAnswer({ fetching, error, askAgain, second = false }: {
  fetching: boolean;
  error: Failure | undefined;
  askAgain: () => void;
  /** Whether the component has more than this. */
  second?: boolean;
}) {
  const { texts } = useWords();
  const classes = useClasses();
  const { withoutAnswer } = useRefusals();
  if (fetching) return <p role="status">{texts.oneMoment}</p>;
  return (
    <>
      <RefusalNotice refusal={withoutAnswer(error)} />
      <button type="button" className={classes('button', second && 'second')} onClick={askAgain}>
        {texts.tryAgain}
      </button>
    </>
  );
}
