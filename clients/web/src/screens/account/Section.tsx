import { type ReactNode, useEffect, useId, useRef } from 'react';

import type { Panels, Part } from './usePanels';

/** A part of the account screen, with what came of its last change. */
export function Section({ part, title, hint, panels, children }: {
  part: Part;
  title: string;
  hint?: string;
  panels: Panels;
  children: ReactNode;
}) {
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const news = panels.newsOf(part);

  // The form that had the focus is gone.
  useEffect(() => {
    if (news) heading.current?.focus();
  }, [news]);

  return (
    <section className="part" aria-labelledby={id}>
      <h2 id={id} ref={heading} tabIndex={-1}>{title}</h2>
      {hint && <p className="hint">{hint}</p>}
      <div role="status">{news && <p className="news">{news}</p>}</div>
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
  return (
    <button
      type="button"
      className="second"
      aria-label={label}
      aria-expanded={false}
      autoFocus={panels.cancelled === panel}
      onClick={() => panels.show(panel)}
    >
      {children}
    </button>
  );
}
