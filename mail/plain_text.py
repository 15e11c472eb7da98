"""Plain text as mails have it."""

import textwrap

WIDTH = 76
"""Columns: RFC 2045 6.8 and RFC 3676 4.2 keep lines that people read below 78."""


def wrapped(text: str) -> str:
    """`text` with long lines broken between words, and no more than one empty line in a row.

    An address that is longer stays whole, so that it can be followed. Spaces before a line stay.
    """
    lines: list[str] = []
    for line in text.strip("\n").splitlines():
        broken = _broken(line.rstrip())
        if broken != [""] or lines[-1:] != [""]:
            lines += broken
    return "\n".join(lines) + "\n"


def _broken(line: str) -> list[str]:
    if len(line) <= WIDTH:
        return [line]
    return textwrap.wrap(
        line,
        WIDTH,
        subsequent_indent=line[: len(line) - len(line.lstrip(" "))],
        break_long_words=False,
        break_on_hyphens=False,
    )
