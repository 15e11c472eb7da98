import type { CombinedError } from 'urql';

import { RefusalNotice } from '../form/RefusalNotice';
import { texts } from '../languages';
import { withoutAnswer } from '../server/refusals';

/** What stands where the answer to a query is missing: that it is on its way, or why it is not. */
export function NoAnswer({ fetching, error, askAgain, second = false }: {
  fetching: boolean;
  error: CombinedError | undefined;
  askAgain: () => void;
  /** Whether the screen has more than this. */
  second?: boolean;
}) {
  if (fetching) return <p role="status">{texts.oneMoment}</p>;
  return (
    <>
      <RefusalNotice refusal={withoutAnswer(error)} />
      <button type="button" className={second ? 'second' : undefined} onClick={() => askAgain()}>
        {texts.tryAgain}
      </button>
    </>
  );
}
