import type { Ref } from 'react';

import type { Action } from '../languages/texts.js';
import { useClasses } from '../provider/context.js';

/** A button that sends something, and shows while it does. */
export function SendButton({
  action, busy, unavailable = busy, second = false, danger = false, onClick, ref,
}: {
  action: Action;
  busy: boolean;
  /** Whether pressing it does nothing now. */
  unavailable?: boolean;
  /** Whether another button of the screen is the likelier one. */
  second?: boolean;
  /** Whether it takes something away. */
  danger?: boolean;
  /** Without it, the button submits its form. */
  onClick?: () => void;
  ref?: Ref<HTMLButtonElement>;
}) {
  const classes = useClasses();
  return (
    <>
      {/* Not `disabled`, which would take the focus from whoever just pressed it. */}
      <button
        ref={ref}
        type={onClick ? 'button' : 'submit'}
        className={classes('button', second && 'second', danger && 'danger')}
        aria-disabled={unavailable}
        onClick={onClick}
      >
        {busy && <span className={classes('spinner')} aria-hidden="true" />}
        {busy ? action.sending : action.label}
      </button>
      {/* Screen readers do not read a button again when its text changes. */}
      <span className={classes('unseen')} aria-live="polite">{busy ? action.sending : ''}</span>
    </>
  );
}
