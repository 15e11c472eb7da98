import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, beforeEach, test } from 'node:test';
import {
  getNamedType,
  graphql,
  type GraphQLArgument,
  type GraphQLInputField,
  isInputObjectType,
  isRequiredArgument,
} from 'graphql';
import { setupServer } from 'msw/node';
import { mockedSchema } from '../src/mocks.ts';
import { handlers } from '../src/msw.ts';
import { type Answers, type Mutation, scenario, scenarios } from '../src/scenario.ts';
import { members } from '../src/scenarios.ts';

const URL = 'http://connectx.test/graphql';
const SDL = readFileSync('../../schema.graphql', 'utf8');
const MUTATIONS = Object.keys(members) as Mutation[];

const answers: Answers = {};
const schema = mockedSchema(SDL, answers);
const intercepted = setupServer(...handlers(URL, SDL, answers));

before(() => intercepted.listen({ onUnhandledRequest: 'error' }));
after(() => intercepted.close());
beforeEach(() => {
  for (const mutation of MUTATIONS) {
    delete answers[mutation];
  }
});

type Result = { data?: Record<string, any> | null; errors?: unknown };

const ways = {
  'an intercepted fetch': async (source: string, variableValues = {}): Promise<Result> => {
    const body = JSON.stringify({ query: source, variables: variableValues });
    const headers = { 'content-type': 'application/json' };
    return (await (await fetch(URL, { method: 'POST', headers, body })).json()) as Result;
  },
  'a mocked schema': async (source: string, variableValues = {}): Promise<Result> =>
    graphql({ schema, source, variableValues }) as Promise<Result>,
};

for (const [way, send] of Object.entries(ways)) {
  test(`${way} answers every member of every union with all its fields`, async () => {
    let asked = 0;
    for (const mutation of MUTATIONS) {
      const source = operation(mutation);
      for (const answer of scenarios(mutation)) {
        answers[mutation] = answer;
        const { data, errors } = await send(source, variables(mutation));

        assert.equal(errors, undefined);
        assert.deepEqual(plain(data?.[mutation]), withoutSessions(answer));
        asked += 1;
      }
    }
    assert.ok(asked > 150);
  });

  test(`${way} answers a client's own names, fragments and changed fields`, async () => {
    answers.register = scenario('register', 'RegisterSuccess', { user: { email: 'eve@example.com' } });

    const { data } = await send(`mutation {
      created: register(input: { email: "eve@example.com" }) { kind: __typename ...Created }
    }
    fragment Created on RegisterSuccess { user { address: email isVerified } }`);

    assert.deepEqual(plain(data), {
      created: { kind: 'RegisterSuccess', user: { address: 'eve@example.com', isVerified: false } },
    });
  });

  test(`${way} answers the success of what nobody has chosen, and queries`, async () => {
    const { data } = await send('mutation { logout { __typename ... on LogoutSuccess { message } } }');
    const queried = await send('{ viewer { email createdAt } registrationPolicy { roles } }');

    assert.equal(data?.['logout'].__typename, 'LogoutSuccess');
    assert.equal(queried.errors, undefined);
    assert.ok(Date.parse(queried.data?.['viewer'].createdAt));
  });
}

test('a member of another union is refused', () => {
  // @ts-expect-error: logout never answers LoginSuccess
  assert.throws(() => scenario('logout', 'LoginSuccess'), /logout never answers LoginSuccess/);
});

function operation(mutation: Mutation): string {
  const file = mutation.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return readFileSync(`../operations/${file}.graphql`, 'utf8');
}

type Input = GraphQLArgument | GraphQLInputField;

/** Values for whatever a mutation requires. */
function variables(mutation: Mutation): Record<string, unknown> {
  return values(schema.getMutationType()?.getFields()[mutation]?.args ?? []);
}

function values(inputs: readonly Input[]): Record<string, unknown> {
  const required = inputs.filter((input) => isRequiredArgument(input as GraphQLArgument));
  return Object.fromEntries(required.map((input) => [input.name, value(input)]));
}

function value({ type }: Input): unknown {
  const named = getNamedType(type);
  return isInputObjectType(named) ? values(Object.values(named.getFields())) : 'x';
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** `sessions` has an operation of its own. */
function withoutSessions(answer: Record<string, any>): unknown {
  const { user, ...others } = answer;
  if (user === undefined) {
    return plain(withTypes(others));
  }
  const { sessions: _, ...rest } = user;
  return plain(withTypes({ ...others, user: rest }));
}

/** Operations ask for `__typename` of unions and interfaces only. */
function withTypes(answer: Record<string, any>): unknown {
  const parts = Object.entries(answer).map(([name, value]) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const { __typename: _, ...rest } = value;
      return [name, rest];
    }
    return [name, value];
  });
  return Object.fromEntries(parts);
}
