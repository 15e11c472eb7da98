"""The tour in README.md, step by step as it stands there."""

import re

from harness.paths import ROOT

_STEP = re.compile(r"^\*\*\d\. ", re.MULTILINE)
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def section(title: str) -> str:
    """What is below one heading of the README."""
    _, found, rest = (ROOT / "README.md").read_text().partition(f"\n## {title}\n")
    assert found, title
    return rest.partition("\n## ")[0]


def tour() -> list[list[tuple[str, str]]]:
    """The blocks of each numbered step, with their languages."""
    return [_BLOCK.findall(step) for step in _STEP.split(section("Five minutes"))[1:]]
