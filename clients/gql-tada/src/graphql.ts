import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './schema-env';

export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { DateTime: string };
}>();
