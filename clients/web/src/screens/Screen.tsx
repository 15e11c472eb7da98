import { type ReactNode, useContext, useEffect, useRef } from 'react';

import { ProductContext, ProductHead, ProductSupport } from './Product';

let first = true;

/** A screen with its title. A new screen has the focus, so that screen readers read on from it. */
export function Screen({ title, children }: { title: string; children: ReactNode }) {
  const main = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const product = useContext(ProductContext);

  useEffect(() => {
    document.title = product ? `${title} – ${product.name}` : title;
  }, [title, product]);

  useEffect(() => {
    // The browser itself reads the first; and a field may have the focus already.
    if (!first && !main.current?.contains(document.activeElement)) heading.current?.focus();
    first = false;
  }, [title]);

  return (
    <main ref={main}>
      <ProductHead />
      <h1 ref={heading} tabIndex={-1}>{title}</h1>
      {children}
      <ProductSupport />
    </main>
  );
}
