"""Private names of libraries are listed here, and the libraries have upper bounds."""

import ast
import tomllib

import pytest
from harness.paths import ROOT
from harness.source_code import own_names, sources
from packaging.requirements import Requirement

PRIVATE = {
    ("graph/schema.py", "_schema"),
    ("models/sql/database.py", "_enable_global_fallback"),
    ("models/sql/postgres.py", "_parent"),
    ("models/sql/postgres.py", "_pool_init_lock"),
    ("models/sql/select.py", "_saved_in_db"),
    ("models/sql/sqlite.py", "_lock"),
    ("models/sql/sqlite.py", "_trxlock"),
    ("server/telemetry/metrics.py", "_path"),
}
"""Files, and the private names that they use and do not define themselves."""

BOUNDED = {
    "aerich",
    "asyncpg",
    "prometheus-client",
    "strawberry-graphql",
    "tortoise-orm",
    "uvicorn",
    "websockets",
}


def private_names() -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for path, tree in sources():
        own = own_names(tree)
        for node in ast.walk(tree):
            name = None
            if isinstance(node, ast.Attribute) and node.attr not in own:
                name = node.attr
            elif isinstance(node, ast.keyword):
                name = node.arg
            if name is not None and name.startswith("_") and not name.startswith("__"):
                found.add((path, name))
    return found


def test_no_other_private_name_of_a_library_is_used():
    assert private_names() == PRIVATE, "a private name is used for a tenth of an operation at least"


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
