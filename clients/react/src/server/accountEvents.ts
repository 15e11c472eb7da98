import { useEffect, useRef } from 'react';

import { AccountEventsDocument, ViewerDocument } from '../generated/graphql.js';
import { useConnectx } from '../provider/context.js';
import type { Viewer } from './answers.js';
import type { Server } from './server.js';

/** Milliseconds between two attempts. */
const SHORTEST = 1_000;
const LONGEST = 60_000;

interface Callbacks {
  /** Who is logged in, after something has happened. */
  onViewer: (viewer: Viewer) => void;
  /** Nobody is logged in any more. */
  onEnded: () => void;
}

/**
 * Follows what happens to the account elsewhere, as in another tab, while somebody may be looking.
 *
 * Hidden tabs hold no stream: a browser opens six connections to a server in all.
 */
export function useAccountEvents(callbacks: Callbacks): void {
  const { server } = useConnectx();
  const newest = useRef(callbacks);
  newest.current = callbacks;

  useEffect(() => follow(server, newest), [server]);
}

/** Returns what ends it. */
function follow(server: Server, callbacks: { current: Callbacks }): () => void {
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
    const { data, error } = await server.ask(ViewerDocument, {});
    if (over || error || !data) return;
    if (data.viewer) callbacks.current.onViewer(data.viewer);
    else callbacks.current.onEnded();
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
