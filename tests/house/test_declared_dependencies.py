"""Every library that is imported is declared in `pyproject.toml`."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path

from harness.paths import ROOT
from harness.source_code import DEVELOPMENT, PACKAGES, sources


def plain(name: str) -> str:
    """A distribution's name in its one spelling (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(*groups: str) -> set[str]:
    """The libraries that the product needs, and those of groups for development."""
    file = tomllib.loads((ROOT / "pyproject.toml").read_text())
    project = file["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    lists += [file["dependency-groups"][group] for group in groups]
    return {plain(re.match(r"[\w.-]+", each)[0]) for asked in lists for each in asked}


def imported(folders: Iterable[str]) -> dict[str, tuple[set[str], str]]:
    """The packages that are imported, with what brings each, and a file that imports it."""
    providers = packages_distributions()
    trees = dict(sources(folders))
    # Modules of tests and benchmarks are imported by their names, without the folder.
    ours = {*PACKAGES, *(part for path in trees for part in Path(path).with_suffix("").parts)}
    found: dict[str, tuple[set[str], str]] = {}
    for path, tree in trees.items():
        for node in ast.walk(tree):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            for name in names:
                top = name.partition(".")[0]
                if top not in sys.stdlib_module_names and top not in ours:
                    found[top] = ({plain(each) for each in providers.get(top, [top])}, path)
    return found


def undeclared(folders: Iterable[str], asked: set[str]) -> dict[str, str]:
    return {name: path for name, (by, path) in imported(folders).items() if not by & asked}


def test_every_library_that_the_product_imports_is_declared():
    assert undeclared(PACKAGES, declared()) == {}


def test_every_library_that_tests_and_benchmarks_import_is_declared():
    assert undeclared(DEVELOPMENT, declared("dev")) == {}
