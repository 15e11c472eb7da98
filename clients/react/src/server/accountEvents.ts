import { useEffect, useRef } from 'react';

import { AccountEventsDocument } from '../generated/graphql.js';
import { useConnectx } from '../provider/context.js';
import type { Viewer } from './answers.js';
import type { Session } from '../state/session.js';
import type { Server } from './server.js';

/** Milliseconds between two attempts. */
const SHORTEST = 1_000;
const LONGEST = 60_000;

/** Hears who is logged in, after something has happened; null: nobody any more. */
type OnViewer = (viewer: Viewer | null) => void;

/**
 * Follows what happens to the account elsewhere, as in another tab, while somebody may be looking.
 *
 * Hidden tabs hold no stream: a browser opens six connections to a server in all.
 */
export function useAccountEvents(onViewer: OnViewer): void {
  const { server, session } = useConnectx();
  const newest = useRef(onViewer);
  newest.current = onViewer;

  useEffect(() => follow(server, session, newest), [server, session]);
}

/** Returns what ends it. */
function follow(server: Server, session: Session, newest: { current: OnViewer }): () => void {
  let wait = SHORTEST;
  let begunAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop: (() => void) | undefined;
  let over = false;

  const begin = () => {
    begunAt = Date.now();
    stop = server.subscribe(AccountEventsDocument, {}, {
      // After the last event, the stream ends, which is below.
      onEvent: ({ accountEvents: { kind } }) => kind !== 'SESSION_ENDED' && void ask(),
      onEnd: ended,
    });
  };

  /** Only a certain answer counts: while the server is away, the screen stays as it is. */
  const ask = async () => {
    const viewer = await session.viewer();
    if (!over && viewer !== undefined) newest.current(viewer);
  };

  // The session of this stream has ended. The browser may have another one, or is about to get it:
  // the answer to a changed password comes at the same time. So it waits before it asks.
  const ended = () => {
    stop = undefined;
    if (over || document.visibilityState !== 'visible') return;
    if (Date.now() - begunAt > LONGEST) wait = SHORTEST;
    timer = setTimeout(catchUp, wait);
    wait = Math.min(LONGEST, wait * 2);
  };

  const catchUp = () => {
    begin();
    void ask();
  };

  const showOrHide = () => {
    clearTimeout(timer);
    stop?.();
    stop = undefined;
    if (document.visibilityState === 'visible') catchUp();
  };

  const end = () => {
    over = true;
    document.removeEventListener('visibilitychange', showOrHide);
    clearTimeout(timer);
    stop?.();
  };

  document.addEventListener('visibilitychange', showOrHide);
  if (document.visibilityState === 'visible') begin();
  return end;
}
