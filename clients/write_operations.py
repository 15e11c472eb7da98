"""Writes `clients/operations` from the schema: `make schema` calls it."""

from pathlib import Path

from graph.schema import core
from graph.schema_export import client_operations

_FOLDER = Path(__file__).parent / "operations"

if __name__ == "__main__":
    documents = client_operations(core)
    for old in _FOLDER.glob("*.graphql"):
        if old.name not in documents:
            old.unlink()
    for name, text in documents.items():
        (_FOLDER / name).write_text(text, encoding="utf-8")
