import { useEffect, useSyncExternalStore } from 'react';

import { RegistrationPolicyDocument, type RegistrationPolicyQuery } from '../generated/graphql.js';
import { useConnectx } from '../provider/context.js';
import type { Product } from '../server/answers.js';
import type { Server } from '../server/server.js';
import { type Asked, useQuery } from '../server/useQuery.js';

type AskedPolicy = Asked<RegistrationPolicyQuery>;

export type Policies = ReturnType<typeof createPolicies>;

/** The policies that one server was asked for: several components draw themselves from the same. */
export function createPolicies(server: Server) {
  const known = new Map<string | null, AskedPolicy>();
  const listeners = new Set<() => void>();
  const ON_ITS_WAY: AskedPolicy = { fetching: true };

  const learn = (tenant: string | null, asked: AskedPolicy) => {
    known.set(tenant, asked);
    listeners.forEach((changed) => changed());
  };

  const ask = async (tenant: string | null) => {
    learn(tenant, { ...known.get(tenant), fetching: true });
    const answer = await server.ask(RegistrationPolicyDocument, { tenant });
    learn(tenant, { ...answer, fetching: false });
  };

  return {
    get: (tenant: string | null) => known.get(tenant) ?? ON_ITS_WAY,
    ask,
    /** Asks for a policy unless it was asked for already. */
    askOnce: (tenant: string | null) => {
      if (!known.has(tenant)) void ask(tenant);
    },
    subscribe: (changed: () => void) => {
      listeners.add(changed);
      return () => {
        listeners.delete(changed);
      };
    },
  };
}

/** The policy that people register under, and how to ask for it again. */
export function useRegistrationPolicy(): [AskedPolicy, () => void] {
  const { policies, tenant } = useConnectx();
  return [useShared(tenant, true), () => void policies.ask(tenant)];
}

/** The policy of an account's tenant, as it is now. */
export function usePolicyOf(tenant: string | null) {
  return useQuery(RegistrationPolicyDocument, { tenant });
}

/** The name, logo and support of the product: the server's own one for an unknown tenant. */
export function useProduct(): Product | null {
  const { tenant } = useConnectx();
  const known = useShared(tenant, true).data?.registrationPolicy;
  const own = useShared(null, known === null).data?.registrationPolicy;
  return (known ?? own)?.product ?? null;
}

function useShared(tenant: string | null, isWanted: boolean): AskedPolicy {
  const { policies } = useConnectx();
  useEffect(() => {
    if (isWanted) policies.askOnce(tenant);
  }, [policies, tenant, isWanted]);
  return useSyncExternalStore(policies.subscribe, () => policies.get(tenant));
}
