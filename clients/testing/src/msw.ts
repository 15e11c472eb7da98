import { graphql as execute } from 'graphql';
import { graphql, HttpResponse } from 'msw';
import { mockedSchema } from './mocks.ts';
import type { Answers } from './scenario.ts';

/**
 * Handlers for `setupServer` and `setupWorker` of msw, for the operations that are sent to `url`. They execute
 * what the client sends against the schema, so the client gets what it selects, under its own names.
 *
 * `answers` may be changed between two requests.
 */
export function handlers(url: string, typeDefs: string, answers: Answers = {}) {
  const schema = mockedSchema(typeDefs, answers);
  return [
    graphql.link(url).operation<Record<string, unknown>>(async ({ query, variables, operationName }) => {
      const result = await execute({
        schema,
        source: query,
        variableValues: variables,
        operationName: operationName || null,
      });
      return HttpResponse.json(result as { data: Record<string, unknown> });
    }),
  ];
}
