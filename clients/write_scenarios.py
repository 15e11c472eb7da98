"""Writes `clients/testing/src/scenarios.ts` from the schema: `make schema` calls it."""

import json
from pathlib import Path

from graphql import GraphQLSchema

from graph.schema import core
from server.test_server.examples import Examples, members_of

_FILE = Path(__file__).parent / "testing" / "src" / "scenarios.ts"

_TEXT = """\
// Written by `make schema`. src/scenario.ts makes answers of it.

/** The members of each mutation's union. */
export const members = {members} as const;

/** An example of each member. `$now+600` stands for the time in 600 seconds. */
export const examples = {examples} as const;
"""


def scenarios(schema: GraphQLSchema) -> str:
    """The file: the members of all unions, and an example of each of them."""
    mutations = schema.mutation_type.fields if schema.mutation_type else {}
    unions = {name: members_of(schema, name) or {} for name in mutations}
    types = {name: type_ for union in unions.values() for name, type_ in union.items()}
    made = Examples(schema, moment=lambda seconds: f"$now+{seconds}")
    return _TEXT.format(
        members=_literal({name: list(union) for name, union in unions.items()}),
        examples=_literal({name: made.of(type_) for name, type_ in sorted(types.items())}),
    )


def _literal(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


if __name__ == "__main__":
    _FILE.write_text(scenarios(core), encoding="utf-8")
