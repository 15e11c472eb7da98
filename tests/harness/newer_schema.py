"""A client in a tree of its own, with the schema of a release that does not exist yet."""

import shutil
from pathlib import Path

from harness.npm import CLIENTS

_INSTALLED = ("node_modules", ".venv")


def beside_a_grown_union(client: Path, to: Path) -> Path:
    """A copy of a client's folder, whose schema has one more member in the union `LoginResult`."""
    schema = (CLIENTS.parent / "schema.graphql").read_text()
    assert schema.count("union LoginResult = ") == 1
    grown = schema.replace("union LoginResult = ", "union LoginResult = SecondFactorRequired | ")
    (to / "schema.graphql").write_text(f"{grown}\ntype SecondFactorRequired {{ message: String! }}")
    shutil.copytree(CLIENTS / "operations", to / "clients" / "operations")

    copy = to / "clients" / client.name
    shutil.copytree(client, copy, ignore=shutil.ignore_patterns(*_INSTALLED))
    for name in _INSTALLED:
        if (client / name).exists():
            (copy / name).symlink_to(client / name)
    return copy
