import type { MouseEvent, ReactNode } from 'react';

import { useClasses, useConnectx } from './context.js';
import type { Way } from './ways.js';

/** A link to another component: to its address, or as the app goes there. */
export function WayLink({ to, onFollow, children }: {
  to: Way;
  /** Called before the link leads away. */
  onFollow?: (() => void) | undefined;
  children: ReactNode;
}) {
  const { paths, onWay } = useConnectx();
  const classes = useClasses();

  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    // Into another tab, as the person wants it.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    onFollow?.();
    if (!onWay) return;
    event.preventDefault();
    onWay(to);
  };

  const path = paths[to];
  if (path === null) return null;
  return <a className={classes('link')} href={path} onClick={follow}>{children}</a>;
}
