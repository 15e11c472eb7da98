"""Files stay short enough to be read at once, and folders to be a table of contents."""

from collections import Counter
from pathlib import Path

from harness.paths import ROOT
from harness.source_code import sources

_LONGEST = 180
_MOST = 20

_OF_ONE_KIND = {"graph/mutations", "models/sql", "server/cli"}
"""Folders of modules that are all the same: one for each mutation, for each kind of statements, for
each group of commands."""


def test_no_file_of_the_product_has_more_than_180_lines():
    lengths = {name: len((ROOT / name).read_text("utf-8").splitlines()) for name, _ in sources()}

    assert {name: lines for name, lines in lengths.items() if lines > _LONGEST} == {}


def test_no_folder_of_the_product_has_more_than_20_modules_unless_they_are_of_one_kind():
    modules = Counter(str(Path(name).parent) for name, _ in sources())

    crowded = {folder for folder, count in modules.items() if count > _MOST}
    assert crowded == _OF_ONE_KIND
