"""What a single document costs the server, measured on its whole process."""

from collections.abc import Iterator
from typing import Any

import psutil
import pytest
from harness.processes import Server, serving

CPU = 0.2
"""Seconds. (`make documents` measures more finely, in the process itself.)"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server in a process of its own, whose CPU time can be read."""
    with serving(DATA_DIR=str(tmp_path_factory.mktemp("server")), DELIVERY="off") as server:
        yield server


def doubling(fragments: int) -> str:
    """Fragments that each spread the next one twice: unfolded, 2 to the power of their number."""
    each = " ".join(
        f"fragment F{number} on User {{ id ...F{number + 1} ...F{number + 1} }}"
        for number in range(fragments)
    )
    return f"{{ viewer {{ ...F0 }} }} {each} fragment F{fragments} on User {{ id }}"


WIDE = (
    " fragment F on __Field { name description type { ...X ofType { ...X ofType { ...X } } } "
    "args { name description type { ...X ofType { ...X } } } } fragment X on __Type { name kind "
    "description possibleTypes { name description kind } fields { name description "
    "type { name description kind ofType { name description kind } } } }"
)


def aliased(field: str) -> str:
    return " ".join(f"a{number}: {field}" for number in range(15))


EXPENSIVE = {
    "exponential fragments": doubling(25),
    "fragments that spread one another": "{ ...A } fragment A on Query { ...B ...B } "
    "fragment B on Query { ...A ...A }",
    "the same selections again and again": "{" + " viewer { id }" * 99 + " }",
    "as many fields as fit": "{" + " __typename" * 398 + " }",
    "a token too many": "{" + " __typename" * 5_000 + " }",
    "comments": "#\n" * 20_000 + "{ __typename }",
    "a long string": '{ registrationPolicy(tenant: "' + "x" * 60_000 + '") { roles } }',
    "a string of openings": 'mutation { login(input: "' + "Int '" * 12_000 + '") { __typename } }',
    "unknown fields": "{" + " ".join(f"viewr{number}" for number in range(300)) + " }",
    "a deep list": "{ registrationPolicy(tenant: " + "[" * 180 + "]" * 180 + ") { roles } }",
    "introspection": "{ __schema { types { fields { ...F } } } }" + WIDE,
    "introspection of aliases": "{ __schema { types {"
    + aliased("fields { ...F }")
    + "} } }"
    + WIDE,
    "types by name": "{" + aliased('__type(name: "Mutation") { fields { ...F } }') + "}" + WIDE,
}


LOGIN = "mutation ($input: LoginInput!) { login(input: $input) { __typename } }"


def cost(server: Server, query: str, variables: dict[str, Any] | None = None) -> float:
    """Seconds of CPU that the server took for an answer."""
    process = psutil.Process(server.pid)
    before = process.cpu_times()
    response = server.http.post("/graphql", json={"query": query, "variables": variables})
    after = process.cpu_times()
    assert response.status_code in {200, 400}
    return after.user + after.system - before.user - before.system


@pytest.mark.parametrize("query", EXPENSIVE.values(), ids=EXPENSIVE)
def test_no_document_costs_much(server: Server, query: str):
    assert cost(server, query) < CPU


@pytest.mark.parametrize("word", ["Int '", "Value '", "Value ", " cannot represent", ", found: "])
def test_no_variable_costs_much(server: Server, word: str):
    long = word * (60_000 // len(word))

    assert cost(server, LOGIN, {"input": {long: 1}}) < CPU
