import { type ReactNode, useEffect, useId, useRef } from 'react';

import { useClasses, useConnectx } from '../../provider/context.js';
import type { Panels, Part } from './usePanels.js';

/** A part of the account screen, with what came of its last change. */
export function Section({ part, title, hint, panels, children }: {
  part: Part;
  title: string;
  hint?: string;
  panels: Panels;
  children: ReactNode;
}) {
  const { headingLevel } = useConnectx();
  const classes = useClasses();
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const Heading = `h${headingLevel + 1}` as 'h2';
  const news = panels.newsOf(part);

  // The form that had the focus is gone.
  useEffect(() => {
    if (news) heading.current?.focus();
  }, [news]);

  return (
    <section className={classes('part')} aria-labelledby={id}>
      <Heading id={id} ref={heading} className={classes('heading')} tabIndex={-1}>{title}</Heading>
      {hint && <p className={classes('hint')}>{hint}</p>}
      <div role="status">{news && <p className={classes('news')}>{news}</p>}</div>
      {children}
    </section>
  );
}

/** The button that opens a form of a part. */
export function Opener({ panel, panels, children, label }: {
  panel: string;
  panels: Panels;
  children: ReactNode;
  /** What screen readers say, where the text says too little without what is around it. */
  label?: string;
}) {
  const classes = useClasses();
  return (
    <button
      type="button"
      className={classes('button', 'second')}
      aria-label={label}
      aria-expanded={false}
      autoFocus={panels.cancelled === panel}
      onClick={() => panels.show(panel)}
    >
      {children}
    </button>
  );
}
