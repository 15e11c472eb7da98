"""SECURITY.md and docs/asvs.md name the tests and files that hold what they say.

Each of these is there.
"""

import re

from harness.paths import ROOT

DOCUMENTS = [ROOT / "SECURITY.md", ROOT / "docs" / "asvs.md"]
TEXT = "\n".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)

FOLDERS = "accounts|clients|docs|graph|mail|models|server"


def test_every_test_and_file_that_the_documents_name_exists():
    tests = re.findall(r"([\w/]*test_\w+\.py)::(test_\w+)", TEXT)
    files = re.findall(rf"`((?:{FOLDERS})/[\w./-]+)`", TEXT)

    missing = [
        f"{file}::{name}"
        for file, name in tests
        if not (ROOT / file).is_file()
        or f"def {name}(" not in (ROOT / file).read_text(encoding="utf-8")
    ] + [file for file in files if not (ROOT / file).exists()]

    assert missing == []
    assert len(tests) > 40
    assert len(files) > 40


def test_no_test_is_named_without_its_file():
    names = re.findall(r"\btest_\w+", re.sub(r"[\w/]*test_\w+\.py::test_\w+", "", TEXT))

    assert names == []
