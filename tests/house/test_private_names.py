"""Private names of libraries are listed here, and the libraries have upper bounds."""

import ast
import importlib
import tomllib
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from enum import Enum
from types import FunctionType

import pytest
from harness.paths import ROOT
from harness.source_code import PACKAGES, is_of_self, own_names, sources
from packaging.requirements import Requirement

PRIVATE = {
    ("graph/schema.py", "_schema"),
    ("models/sql/database.py", "_enable_global_fallback"),
    ("models/sql/postgres.py", "_close"),
    ("models/sql/postgres.py", "_in_transaction"),
    ("models/sql/postgres.py", "_pool"),
    ("models/sql/postgres.py", "_pool_init_lock"),
    ("models/sql/postgres_transaction.py", "_connection"),
    ("models/sql/postgres_transaction.py", "_parent"),
    ("models/sql/postgres_transaction.py", "_pool"),
    ("models/sql/select.py", "_saved_in_db"),
    ("models/sql/sqlite.py", "_finalized"),
    ("models/sql/sqlite.py", "_in_transaction"),
    ("models/sql/sqlite.py", "_lock"),
    ("models/sql/sqlite.py", "_trxlock"),
    ("server/telemetry/metrics.py", "_path"),
}
"""Files, and the private names of libraries that they use or override."""

BOUNDED = {
    "aerich",
    "asyncpg",
    "fastapi-mail",
    "limits",
    "prometheus-client",
    "strawberry-graphql",
    "tortoise-orm",
    "uvicorn",
    "websockets",
    "zxcvbn",
}
"""The libraries of which test_library_internals.py names something."""


def is_private(name: str | None) -> bool:
    return name is not None and name.startswith("_") and not name.startswith("__")


def used(node: ast.AST, own: AbstractSet[str] = frozenset()) -> Iterator[str]:
    """The private names in a node that are not those of the class around them."""
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Attribute() if is_private(child.attr):
                if not (is_of_self(child) and child.attr in own):
                    yield child.attr
            case ast.keyword(arg=str(name)) if is_private(name):
                yield name
        yield from used(child, own_names(child) if isinstance(child, ast.ClassDef) else own)


def overridden(path: str) -> Iterator[str]:
    """The private methods of libraries' classes that the classes of a file override."""
    name = path.removesuffix("/__init__.py").removesuffix(".py").replace("/", ".")
    module = importlib.import_module(name)
    for defined in vars(module).values():
        if not isinstance(defined, type) or defined.__module__ != name:
            continue
        if issubclass(defined, Enum):
            continue  # Enum writes private methods into its subclasses
        bases = [base for base in defined.__mro__[1:] if not base.__module__.startswith(PACKAGES)]
        for method, value in vars(defined).items():
            if is_private(method) and isinstance(value, FunctionType):
                yield from {method for base in bases if method in vars(base)}


def test_no_other_private_name_of_a_library_is_used_or_overridden():
    found = {(path, name) for path, tree in sources() for name in (*used(tree), *overridden(path))}

    assert found == PRIVATE, "a private name is used for a tenth of an operation at least"


def test_no_module_imports_a_private_name_of_another():
    imported = [
        f"{path}: {alias.name} of {node.module}"
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name.startswith("_")
    ]

    assert imported == []


@pytest.mark.parametrize("library", sorted(BOUNDED))
def test_a_library_whose_private_names_are_used_has_an_upper_bound(library: str):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = {each.name: each for each in map(Requirement, project["dependencies"])}

    assert any(one.operator in {"<", "<="} for one in asked[library].specifier)
