"""Every mutation of the schema, each with an input that a person might have typed."""

from collections.abc import Collection
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    ast_from_value,
    build_schema,
    get_nullable_type,
    is_required_argument,
    is_required_input_field,
    print_ast,
)
from harness.paths import OPERATIONS, ROOT
from harness.service import Service

SCHEMA = build_schema((ROOT / "schema.graphql").read_text())
MUTATIONS: dict[str, GraphQLField] = SCHEMA.mutation_type.fields

USUAL = {
    "name": "Ada Lovelace",
    "email": "ada@example.com",
    "password": "secure_password",
    "newPassword": "another_secure_password",
    "otp": "000000",
    "invitedBy": "grace@example.com",
    "token": "x" * 64,
    "continuation": "x" * 64,
    "id": "01a201b9-5435-76e5-b376-a31db06cb281",
}
"""What a field of this name usually has. Any other has `x`, or a value of its type."""

OF_TYPE = {"Boolean": True, "Int": 1, "Float": 1.5, "DateTime": "2026-01-02T03:04:05Z"}

OPTIONAL = {"name", "invitedBy"}
"""Optional fields that are filled in: a policy may ask for them."""

OPTIONAL_OF = {"register": {"password"}}
"""Those of one mutation."""


def variables(mutation: str, **changed: str) -> dict[str, Any]:
    """The variables of a mutation, with its fields as usual, but for those that are `changed`."""
    filled = OPTIONAL | OPTIONAL_OF.get(mutation, set()) | changed.keys()
    return {
        name: _value(name, argument.type, changed, filled=filled)
        for name, argument in MUTATIONS[mutation].args.items()
        if is_required_argument(argument) or name in filled
    }


def members(mutation: str) -> list[str]:
    """The types that a mutation may answer with, in their order."""
    return [member.name for member in get_nullable_type(MUTATIONS[mutation].type).types]


def document(mutation: str) -> str:
    """The operation in `clients/operations` that asks for all of a mutation's answer."""
    snake = "".join(f"_{char.lower()}" if char.isupper() else char for char in mutation)
    return (OPERATIONS / f"{snake}.graphql").read_text()


def inline(mutation: str) -> str:
    """The mutation as a field of a document, with its values in it."""
    arguments = MUTATIONS[mutation].args
    given = ", ".join(
        f"{name}: {print_ast(ast_from_value(value, arguments[name].type))}"
        for name, value in variables(mutation).items()
    )
    return f"{mutation}{f'({given})' if given else ''} {{ __typename }}"


def answers(service: Service) -> dict[str, Any]:
    """The answer of each mutation."""
    return {mutation: ask(service, mutation) for mutation in MUTATIONS}


def ask(service: Service, mutation: str) -> dict[str, Any]:
    answer = service.execute(document(mutation), variables(mutation), token="x")
    assert "errors" not in answer
    return answer["data"][mutation]


def _value(
    name: str, kind: GraphQLInputType, changed: dict[str, str], *, filled: Collection[str]
) -> Any:
    bare = get_nullable_type(kind)
    if isinstance(bare, GraphQLInputObjectType):
        return {
            key: _value(key, field.type, changed, filled=filled)
            for key, field in bare.fields.items()
            if is_required_input_field(field) or key in filled
        }
    if name in changed or name in USUAL:
        return changed.get(name, USUAL.get(name))
    if isinstance(bare, GraphQLEnumType):
        return next(iter(bare.values))
    if isinstance(bare, GraphQLList):
        return []
    return OF_TYPE.get(bare.name, "x")
