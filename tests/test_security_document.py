"""SECURITY.md names the tests that hold what it says, and each of them is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCUMENT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def test_every_test_and_file_that_the_document_names_exists():
    tests = re.findall(r"(test_\w+\.py)::(test_\w+)", DOCUMENT)
    files = re.findall(r"`((?:accounts|graph|mail|models|server|docs)/[\w./-]+)`", DOCUMENT)

    missing = [
        f"{file}::{name}"
        for file, name in tests
        if f"def {name}(" not in (ROOT / "tests" / file).read_text(encoding="utf-8")
    ] + [file for file in files if not (ROOT / file).exists()]

    assert missing == []
    assert len(tests) > 40
