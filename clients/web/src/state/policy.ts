import { useQuery } from 'urql';

import { RegistrationPolicyDocument } from '../generated/graphql';
import { tenantInAddress } from './route';

/** The policy that people register under here, with the name and the logo of the product. */
export function usePolicy() {
  return useQuery({
    query: RegistrationPolicyDocument,
    variables: { tenant: tenantInAddress() },
  });
}
