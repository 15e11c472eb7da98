import { type ReactNode, useEffect, useRef } from 'react';

import { useClasses, useConnectx } from '../provider/context.js';
import { useProduct } from '../state/policy.js';

let first = true;

/**
 * A component with its title. A title that has changed has the focus, so that screen readers read
 * on from it.
 */
export function Screen({ title, children }: { title: string; children: ReactNode }) {
  const { titlesTab, headingLevel } = useConnectx();
  const classes = useClasses();
  const root = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const product = useProduct();
  const Heading = `h${headingLevel}` as const;

  useEffect(() => {
    if (titlesTab) document.title = product ? `${title} – ${product.name}` : title;
  }, [title, product, titlesTab]);

  useEffect(() => {
    // The browser itself reads the first; and a field may have the focus already.
    if (!first && !root.current?.contains(document.activeElement)) heading.current?.focus();
    first = false;
  }, [title]);

  return (
    <div ref={root} className={classes('root')}>
      <Heading ref={heading} className={classes('title')} tabIndex={-1}>{title}</Heading>
      {children}
    </div>
  );
}
