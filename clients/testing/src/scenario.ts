import { examples, members } from './scenarios.ts';

export type Mutation = keyof typeof members;
export type Member<M extends Mutation> = (typeof members)[M][number];
export type Answer = Record<string, unknown>;

/** What each of these mutations answers. */
export type Answers = { [M in Mutation]?: Answer };

/**
 * An answer of a mutation: a member of its union with usual values, and what is `changed`. An object in
 * `changed` gets the other fields of the usual one: `{ user: { name: 'Eve' } }`.
 */
export function scenario<M extends Mutation>(
  mutation: M,
  member: Member<M>,
  changed: Answer = {},
): Answer {
  if (!(members[mutation] as readonly string[]).includes(member)) {
    throw new Error(`${mutation} never answers ${member}`);
  }
  return completed(atThisTime(examples[member]) as Answer, changed);
}

/** The answer of a mutation for each member of its union. */
export function scenarios<M extends Mutation>(mutation: M): Answer[] {
  return members[mutation].map((member) => scenario(mutation, member as Member<M>));
}

function completed(usual: Answer, changed: Answer): Answer {
  const both = { ...usual, ...changed };
  for (const [name, value] of Object.entries(changed)) {
    const before = usual[name];
    if (isObject(value) && isObject(before)) {
      both[name] = completed(before, value);
    }
  }
  return both;
}

function isObject(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function atThisTime(value: unknown): unknown {
  if (typeof value === 'string') {
    const [, seconds] = /^\$now\+(\d+)$/.exec(value) ?? [];
    return seconds === undefined ? value : new Date(Date.now() + Number(seconds) * 1000).toISOString();
  }
  if (Array.isArray(value)) {
    return value.map(atThisTime);
  }
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, atThisTime(part)]));
  }
  return value;
}
