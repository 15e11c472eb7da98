"""Every library that the product imports is declared in `pyproject.toml`."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

from harness.paths import ROOT
from harness.source_code import PACKAGES, sources


def plain(name: str) -> str:
    """A distribution's name in its one spelling (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    asked = [*project["dependencies"], *(each for extra in extras for each in extra)]
    return {plain(re.match(r"[\w.-]+", each)[0]) for each in asked}


def imported() -> dict[str, tuple[set[str], str]]:
    """The packages that are imported, with what brings each, and a file that imports it."""
    providers = packages_distributions()
    found: dict[str, tuple[set[str], str]] = {}
    for path, tree in sources():
        for node in ast.walk(tree):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            for name in names:
                top = name.partition(".")[0]
                if top not in sys.stdlib_module_names and top not in PACKAGES:
                    found[top] = ({plain(each) for each in providers.get(top, [top])}, path)
    return found


def test_every_library_that_is_imported_is_declared():
    asked = declared()

    missing = {name: path for name, (by, path) in imported().items() if not by & asked}
    assert missing == {}
