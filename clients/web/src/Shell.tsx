import { useProduct, useWords } from '@connectx/react';
import type { ReactNode } from 'react';

import { tenantInAddress } from './route';

/** What is around every screen: whose app it is, and who helps people. */
export function Shell({ children }: { children: ReactNode }) {
  return (
    <main>
      <ProductHead />
      {children}
      <ProductSupport />
    </main>
  );
}

/**
 * The product's logo, or its name without one. A tenant is named beside the logo, which is that of
 * the server's own product.
 */
function ProductHead() {
  const product = useProduct();
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

function ProductSupport() {
  const { texts } = useWords();
  const product = useProduct();
  if (!product?.support || !product.supportUrl) return null;
  return (
    <p className="support">
      {texts.questions} <a href={product.supportUrl}>{product.support}</a>
    </p>
  );
}
