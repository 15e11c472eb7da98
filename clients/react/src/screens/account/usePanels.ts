import { useState } from 'react';

/** The parts of the account screen. */
export type Part = 'profile' | 'password' | 'email' | 'devices' | 'deletion';

export type Panels = ReturnType<typeof usePanels>;

interface State {
  /** The form that is open. */
  open: string | null;
  /** The form that was closed by its cancel button: the button that opens it gets the focus. */
  cancelled: string | null;
  /** What came of the last change. */
  news: { part: Part; text: string } | null;
}

const NOTHING: State = { open: null, cancelled: null, news: null };

/** Which form of the account screen is open, at most one of them, and what came of the last one. */
export function usePanels() {
  const [{ open, cancelled, news }, setState] = useState(NOTHING);
  return {
    open,
    cancelled,
    newsOf: (part: Part) => (news?.part === part ? news.text : ''),
    close: () => setState(NOTHING),
    show: (panel: string) => setState({ ...NOTHING, open: panel }),
    cancel: () => setState((before) => ({ ...NOTHING, cancelled: before.open })),
    done: (part: Part, text: string) => setState({ ...NOTHING, news: { part, text } }),
  };
}
