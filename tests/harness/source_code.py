"""The project's source code, as trees."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from harness.paths import ROOT

PACKAGES = ("accounts", "graph", "languages", "mail", "models", "server")


DEVELOPMENT = ("tests", "benchmarks", ".ci")


def sources(folders: Iterable[str] = PACKAGES) -> Iterator[tuple[str, ast.Module]]:
    """Each file of the product, or of other folders, by its path, but for the migrations."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            if "migrations" not in path.parts and "node_modules" not in path.parts:
                yield name, ast.parse(Path(path).read_text("utf-8"))


_OPENING = {"__init__", "__post_init__", "__enter__", "__aenter__", "connection_made"}


def own_names(defined: ast.ClassDef) -> set[str]:
    """The names of a class's methods and fields, and what it sets on `self` when it is made.

    A name that it sets later, or on another object, may be one of its base class.
    """
    found: set[str] = set()
    for part in defined.body:
        match part:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                found.add(part.name)
                if part.name in _OPENING:
                    found |= _set_on_self(part)
            case ast.AnnAssign(target=ast.Name() as name):
                found.add(name.id)
            case ast.Assign():
                found |= {name.id for name in part.targets if isinstance(name, ast.Name)}
    return found


def _set_on_self(method: ast.AST) -> set[str]:
    return {
        node.attr
        for node in ast.walk(method)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and is_of_self(node)
    }


def is_of_self(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"}
