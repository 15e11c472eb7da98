"""The project's source code, as trees."""

import ast
from collections.abc import Iterator
from pathlib import Path

from harness.paths import ROOT

PACKAGES = ("accounts", "graph", "languages", "mail", "models", "server")


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Each file of the product by its path, but for the migrations."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            if "migrations" not in path.parts and "node_modules" not in path.parts:
                yield name, ast.parse(Path(path).read_text("utf-8"))


def own_names(tree: ast.Module) -> set[str]:
    """The names that a file defines or assigns, also on `self`."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            found.add(node.attr)
    return found
