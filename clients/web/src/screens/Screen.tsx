import { type ReactNode, useEffect, useRef } from 'react';

let first = true;

/** A screen with its title. A new screen has the focus, so that screen readers read on from it. */
export function Screen({ title, children }: { title: string; children: ReactNode }) {
  const main = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    document.title = title;
    // The browser itself reads the first; and a field may have the focus already.
    if (!first && !main.current?.contains(document.activeElement)) heading.current?.focus();
    first = false;
  }, [title]);

  return (
    <main ref={main}>
      <h1 ref={heading} tabIndex={-1}>{title}</h1>
      {children}
    </main>
  );
}
