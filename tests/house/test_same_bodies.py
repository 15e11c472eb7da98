"""What several tests need exists once: in a `conftest.py`, or in the harness."""

import ast
from collections import defaultdict
from collections.abc import Iterator

from harness.source_code import sources

Function = ast.FunctionDef | ast.AsyncFunctionDef

TRIVIAL = 3
"""Nodes of a body that is the same by chance: those of `return name`, of `pass` and of `yield`."""


def helpers() -> Iterator[tuple[str, Function]]:
    """Fixtures and the functions beside tests, each with the place where it is."""
    for path, tree in sources(["tests"]):
        for node in ast.walk(tree):
            if isinstance(node, Function) and (is_fixture(node) or is_beside_tests(node, tree)):
                yield f"{path}: {node.name}", node


def is_fixture(function: Function) -> bool:
    return any(ast.unparse(by).startswith("pytest.fixture") for by in function.decorator_list)


def is_beside_tests(function: Function, tree: ast.Module) -> bool:
    return function in tree.body and not function.name.startswith("test")


def body(function: Function) -> list[ast.stmt]:
    """What a function does, without its docstring."""
    return function.body if ast.get_docstring(function) is None else function.body[1:]


def test_no_fixture_or_helper_exists_twice():
    places: dict[str, list[str]] = defaultdict(list)
    for place, function in helpers():
        statements = body(function)
        if sum(1 for each in statements for _ in ast.walk(each)) > TRIVIAL:
            places["\n".join(map(ast.dump, statements))].append(place)

    assert len(places) > 100
    assert [same for same in places.values() if len(same) > 1] == []
