"""Compares the answers to an operation by its plan and by graphql-core, which needs no plan."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from graphql import OperationDefinitionNode, SelectionSetNode, parse, print_ast
from harness.processes import Server, serving

from graph.execution.documents import Documents
from graph.schema import core

MARK = parse("{ unplanned: __typename @include(if: true) }").definitions[0].selection_set.selections
LOGIN = "mutation Try($input: LoginInput!) { login(input: $input) { __typename } }"
READ = Documents(core)


@contextmanager
def serving_many_clients(folder: str) -> Iterator[Server]:
    """A server that Ada is registered at, and that believes a proxy who its clients are."""
    with serving(DATA_DIR=folder, RATE_LIMITS="off", TRUSTED_PROXIES="127.0.0.1") as server:
        server.register()
        yield server


def unplanned(query: str) -> str:
    """The same document with a directive in each operation, which nothing plans."""
    document = parse(query)
    nodes = [
        replace(node, selection_set=_marked(node.selection_set))
        if isinstance(node, OperationDefinitionNode)
        else node
        for node in document.definitions
    ]
    return print_ast(replace(document, definitions=tuple(nodes)))


def _marked(selection_set: SelectionSetNode) -> SelectionSetNode:
    return replace(selection_set, selections=(*selection_set.selections, *MARK))


def answer(server: Server, query: str, variables: Any, client: int) -> tuple[int, Any]:
    body = {"query": query, "variables": variables}
    # What a client's new documents may cost is limited, so there are many clients.
    headers = {
        "accept": "application/graphql-response+json",
        "content-type": "application/json",
        "x-forwarded-for": f"192.0.{client // 250}.{client % 250}",
    }
    got = server.http.post("/graphql", content=json.dumps(body), headers=headers)
    answer = got.json()
    if isinstance(answer.get("data"), dict):
        answer["data"].pop("unplanned", None)
    for error in answer.get("errors", ()):
        error.pop("locations", None)  # the twin is printed anew
    return got.status_code, answer


def both(server: Server, query: str, variables: Any = None, client: int = 0) -> list[Any]:
    return [answer(server, text, variables, client) for text in (query, unplanned(query))]


def is_planned(query: str) -> bool:
    document = READ.known(query) or READ.read(query)
    return not isinstance(document, list) and bool(document.plans)
