import { createContext, useContext } from 'react';

import { texts } from '../languages';
import type { Product } from '../server/answers';
import { tenantInAddress } from '../state/route';

/** The product that people register with here; null until the server has named it. */
export const ProductContext = createContext<Product | null>(null);

/**
 * The product's logo, or its name without one, above every screen. A tenant is named beside the
 * logo, which is that of the server's own product.
 */
export function ProductHead() {
  const product = useContext(ProductContext);
  const logo = product?.logoUrl;
  const isNamed = !logo || tenantInAddress() !== null;
  return (
    // Empty at first, so that nothing moves when the name comes.
    <p className="product">
      {logo && (
        <img src={new URL(logo, document.baseURI).href} alt={isNamed ? '' : product.name} />
      )}
      {isNamed && product?.name}
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
