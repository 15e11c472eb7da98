import { useQuery } from 'urql';

import { RegistrationPolicyDocument } from '../generated/graphql';
import type { Product } from '../server/answers';
import { tenantInAddress } from './route';

/** The policy that people register under here, with the name and the logo of the product. */
export function usePolicy() {
  return usePolicyOf(tenantInAddress());
}

/** The policy of a tenant; null is the server's own product. */
export function usePolicyOf(tenant: string | null) {
  return useQuery({ query: RegistrationPolicyDocument, variables: { tenant } });
}

/** The product whose app this is: the server's own one where the address names an unknown tenant. */
export function useProduct(policy: ReturnType<typeof usePolicy>[0]): Product | null {
  const known = policy.data?.registrationPolicy;
  const [own] = useQuery({
    query: RegistrationPolicyDocument,
    variables: { tenant: null },
    pause: known !== null,
  });
  return (known ?? own.data?.registrationPolicy)?.product ?? null;
}
