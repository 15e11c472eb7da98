"""What the unions of all mutations share, in the schema and over HTTP."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLInputObjectType, get_named_type
from harness.database import rows
from harness.every_mutation import MUTATIONS, SCHEMA, document, members, variables
from harness.limited import limited
from harness.paths import ROOT
from harness.service import Service, running
from strawberry.utils.str_converters import to_camel_case

SHARED = ["RateLimitedError", "UnavailableError", "InternalError"]
ERRORS = {each.name for each in SCHEMA.get_implementations(SCHEMA.type_map["UserError"]).objects}


def texts_of(mutation: str) -> list[str]:
    """The names of a mutation's arguments, and of the fields of its input, that take a text."""
    fields = dict(MUTATIONS[mutation].args)
    for argument in MUTATIONS[mutation].args.values():
        named = get_named_type(argument.type)
        if isinstance(named, GraphQLInputObjectType):
            fields |= named.fields
    return [
        name
        for name, field in fields.items()
        if get_named_type(field.type).name in {"String", "ID"}
    ]


WITH_INPUT = [mutation for mutation in MUTATIONS if texts_of(mutation)]
WITH_SESSION = [mutation for mutation in MUTATIONS if "UnauthenticatedError" in members(mutation)]


@pytest.fixture(scope="module")
def service(file_database: str) -> Iterator[Service]:
    folder = Path(file_database.removeprefix("sqlite://")).parent
    limits = {"LIMIT_SESSION_CLIENT": "1/15minutes"}
    with running(DATABASE_URL=file_database, DATA_DIR=str(folder), **limits) as service:
        yield service


@pytest.fixture(scope="module")
def token(service: Service, file_database: str) -> str:
    """That of Ada's session."""
    service.register()
    rows(file_database, "UPDATE users SET is_verified = TRUE")
    return service.login()["accessToken"]


def ask(service: Service, mutation: str, bearer: str | None, **changed: str) -> Any:
    given = variables(mutation, **changed)
    return service.execute(document(mutation), given, token=bearer)["data"][mutation]


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_union_has_successes_then_rejected_input_then_errors_and_ends_in_the_shared_ones(
    mutation: str,
):
    has = members(mutation)
    successes = [name for name in has if name not in ERRORS]
    rejected = ["InvalidInputError"] if MUTATIONS[mutation].args else []
    others = [name for name in has if name in ERRORS and name not in [*rejected, *SHARED]]

    assert successes
    assert has == [*successes, *rejected, *others, *SHARED]


def counted(file_database: str) -> list[Any]:
    return rows(file_database, "SELECT key, hits FROM counters ORDER BY key")


# `register` has a limit for rejected inputs, as its checks cost the most.
@pytest.mark.parametrize("mutation", [each for each in WITH_INPUT if each != "register"])
def test_empty_texts_are_rejected_and_count_against_no_limit(
    service: Service, file_database: str, token: str, mutation: str
):
    before = counted(file_database)

    answer = ask(service, mutation, token, **dict.fromkeys(texts_of(mutation), ""))

    assert answer["__typename"] == "InvalidInputError"
    assert {error["field"] for error in answer["errors"]} <= set(texts_of(mutation))
    assert counted(file_database) == before


def test_who_sends_many_tokens_of_no_session_has_to_wait(service: Service, token: str):
    first = ask(service, "logout", "x")
    then = {mutation: ask(service, mutation, "y") for mutation in WITH_SESSION}

    assert first["__typename"] == "UnauthenticatedError"
    assert len(then) > 5
    assert list(then.values()) == [limited(900)] * len(WITH_SESSION)
    assert ask(service, "logout", None)["__typename"] == "UnauthenticatedError"
    assert ask(service, "cancelEmailChange", token)["__typename"] == "EmailChangeCancelled"
    assert service.viewer(token)["email"] == "ada@example.com"


def test_every_page_of_a_link_is_told_that_the_link_was_cut_off(service: Service):
    kinds = {}
    for file in (ROOT / "server" / "pages" / "documents").glob("*.graphql"):
        given = variables(to_camel_case(file.stem), token="cut off")
        answer = service.execute(file.read_text(), given)["data"]["answer"]
        kinds[file.stem] = [error["__typename"] for error in answer["errors"]]

    assert len(kinds) > 5
    assert set(map(tuple, kinds.values())) == {("InvalidTokenFormatError",)}
