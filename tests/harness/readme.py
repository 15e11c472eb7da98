"""The tour in README.md, step by step as it stands there, and examples of other pages."""

import re

from harness.paths import ROOT

_STEP = re.compile(r"^\*\*\d\. ", re.MULTILINE)
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def section(title: str, *, page: str = "README.md") -> str:
    """What is below one heading of the README, or of another page."""
    _, found, rest = (ROOT / page).read_text().partition(f"\n## {title}\n")
    assert found, title
    return rest.partition("\n## ")[0]


def examples(title: str, *, page: str) -> list[tuple[str, str]]:
    """The blocks below one heading of a page, with their languages."""
    return _BLOCK.findall(section(title, page=page))


def tour() -> list[list[tuple[str, str]]]:
    """The blocks of each numbered step, with their languages."""
    return [_BLOCK.findall(step) for step in _STEP.split(section("Five minutes"))[1:]]
