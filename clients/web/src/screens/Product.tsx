import { createContext, useContext } from 'react';

import { texts } from '../languages';
import type { Product } from '../server/answers';

/** The product that people register with here; null until the server has named it. */
export const ProductContext = createContext<Product | null>(null);

/** The product's logo and name, above every screen. */
export function ProductHead() {
  const product = useContext(ProductContext);
  return (
    // Empty at first, so that nothing moves when the name comes.
    <p className="product">
      {product?.logoUrl && <img src={new URL(product.logoUrl, document.baseURI).href} alt="" />}
      {product?.name}
    </p>
  );
}

/** Who helps people, below every screen. */
export function ProductSupport() {
  const product = useContext(ProductContext);
  if (!product?.support || !product.supportUrl) return null;
  return (
    <p className="support">
      {texts.questions} <a href={product.supportUrl}>{product.support}</a>
    </p>
  );
}
