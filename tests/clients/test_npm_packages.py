"""Every folder with an npm package can be installed anywhere, and is the same everywhere."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from harness.paths import ROOT

FOLDERS = [
    lock.parent
    for parent in ("clients", "graph", "tests/federation", "tests/graph", "tests/harness")
    for lock in sorted((ROOT / parent).glob("*/package-lock.json"))
]

each_folder = pytest.mark.parametrize(
    "folder", FOLDERS, ids=[str(folder.relative_to(ROOT)) for folder in FOLDERS]
)


def read(file: Path) -> dict[str, Any]:
    return json.loads(file.read_text())


@each_folder
def test_a_lock_file_holds_checksums_and_no_registry_address(folder: Path):
    packages = read(folder / "package-lock.json")["packages"]
    installed = [package for name, package in packages.items() if name]

    assert installed
    assert [package for package in installed if "resolved" in package] == []
    assert [package for package in installed if "integrity" not in package] == []


@each_folder
def test_what_a_package_asks_for_is_one_version(folder: Path):
    package = read(folder / "package.json")
    asked = {**package.get("dependencies", {}), **package.get("devDependencies", {})}

    assert asked
    assert [
        version for version in asked.values() if not re.fullmatch(r"\d+\.\d+\.\d+", version)
    ] == []
