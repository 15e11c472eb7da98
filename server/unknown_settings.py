"""Finds environment variables that look like settings and are none."""

import difflib
from collections.abc import Collection, Mapping

_REPLACED = {
    "CONNECTX_HASHING_QUEUE": "CONNECTX_HASHING_WAIT limits how many seconds a request may wait "
    "for a hash"
}
"""Settings of earlier versions, and what takes their place."""


def unknown_settings(
    environ: Mapping[str, str], *, prefix: str, known: Collection[str]
) -> list[str]:
    """A problem for each variable with the prefix that is not `known`, such as a misspelt one.

    Settings may be written in lower case, and so may those that are none.
    """
    ours = {name: name.upper() for name in environ if name.upper().startswith(prefix)}
    return [
        f"{name}: {_reason(upper, known)}" for name, upper in ours.items() if upper not in known
    ]


def _reason(name: str, known: Collection[str]) -> str:
    if name in _REPLACED:
        return f"there is no such setting any more; {_REPLACED[name]}"
    similar = difflib.get_close_matches(name, known, n=1)
    hint = f"; did you mean {similar[0]}?" if similar else ""
    return f"there is no such setting{hint}"
