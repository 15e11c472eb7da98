import { addMocksToSchema } from '@graphql-tools/mock';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import { type Answers, type Member, type Mutation, scenario } from './scenario.ts';
import { members } from './scenarios.ts';

/**
 * Resolvers for `addMocksToSchema` of `@graphql-tools/mock`: each mutation answers what `answers` has for it
 * at that moment, and otherwise the first member of its union, its success.
 */
export function mockResolvers(answers: Answers = {}) {
  const mutations = Object.keys(members) as Mutation[];
  const resolver = (mutation: Mutation) => () => answers[mutation] ?? success(mutation);
  return { Mutation: Object.fromEntries(mutations.map((name) => [name, resolver(name)])) };
}

/** Values for the schema's scalars that the library has none for. */
export const mocks = { DateTime: () => new Date().toISOString() };

/** A schema that executes any document of a client. `typeDefs` is the text of `schema.graphql`. */
export function mockedSchema(typeDefs: string, answers: Answers = {}): GraphQLSchema {
  const schema = makeExecutableSchema({ typeDefs });
  return addMocksToSchema({ schema, mocks, resolvers: mockResolvers(answers) as object });
}

function success<M extends Mutation>(mutation: M) {
  return scenario(mutation, members[mutation][0] as Member<M>);
}
