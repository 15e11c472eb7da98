"""Files stay short enough to be read at once."""

from harness.paths import ROOT
from harness.source_code import sources

_LONGEST = 180


def test_no_file_of_the_product_has_more_than_180_lines():
    lengths = {name: len((ROOT / name).read_text("utf-8").splitlines()) for name, _ in sources()}

    assert {name: lines for name, lines in lengths.items() if lines > _LONGEST} == {}
