"""A subgraph tells its schema, has limits of its own, and is one only if it is asked to be."""

import pytest
from harness.entities import KEY, ask, user
from harness.service import Service, running

from graph.federation.entities import MOST_FOR_PERSON, MOST_FOR_SERVICE

# The same whatever the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_the_subgraph_tells_its_schema_once_at_a_time(subgraph: Service):
    told = subgraph.execute("{ _service { sdl } }")["data"]["_service"]["sdl"]
    twice = subgraph.execute("{ a: _service { sdl } b: _service { sdl } }")

    assert 'type User @key(fields: "id"' in told
    assert 'type Tenant @key(fields: "id"' in told
    assert "type UnauthenticatedError implements UserError @shareable {" in told
    assert "type RateLimitedError implements UserError @shareable {" in told
    assert twice["errors"][0]["message"] == "A document may execute _service only once."


def test_where_introspection_is_off_the_subgraph_does_not_tell_its_schema_either(
    settings: dict[str, str],
):
    with running(**settings, FEDERATION="on", INTROSPECTION="off") as closed:
        refused = closed.execute("{ _service { sdl } }")
        read = ask(closed, user("x"))

    [error] = refused["errors"]
    assert error["message"] == "GraphQL introspection is off, and _service with it."
    assert read == {"data": {"_entities": [None]}}


def test_without_the_setting_there_is_no_subgraph(service: Service):
    for field in ("_service { sdl }", "_entities(representations: []) { __typename }"):
        assert "Cannot query field" in service.execute(f"{{ {field} }}")["errors"][0]["message"]


@pytest.mark.parametrize(("token", "most"), [(KEY, MOST_FOR_SERVICE), (None, MOST_FOR_PERSON)])
def test_more_representations_than_anybody_needs_are_refused(
    subgraph: Service, token: str | None, most: int
):
    assert ask(subgraph, *[user("x")] * most, token=token) == {"data": {"_entities": [None] * most}}

    refused = ask(subgraph, *[user("x")] * (most + 1), token=token)
    assert refused["data"] is None
    assert refused["errors"][0]["message"].startswith(f"_entities takes at most {most} repr")
    assert refused["errors"][0]["extensions"] == {"code": "TOO_MANY_REPRESENTATIONS"}
