"""`make documents`: the CPU time of the worst documents that pass the limits.

Each shape is made as large as the limits let it be. Prints the milliseconds of reading each for the
first time (the best of five, as it is the document that is measured, not the machine); exits with 1
above 50 ms.
"""

import sys
import time
from collections.abc import Callable

from graph.execution.document_limits import MAX_ALIASES, MAX_DEPTH, MAX_DIRECTIVES
from graph.execution.documents import Documents
from graph.schema import core

_LIMIT_MS = 50.0

Shape = Callable[[int], str]


def _overlapping_fields(size: int) -> str:
    return "{ viewer {" + " id" * size + " } }"


def _overlapping_selections(size: int) -> str:
    return "{" + " viewer { id name }" * size + " }"


def _fragments_in_a_row(size: int) -> str:
    inner = " ".join(f"fragment F{n} on User {{ id ...F{n + 1} ...F{n + 1} }}" for n in range(size))
    return f"{{ viewer {{ ...F0 }} }} {inner} fragment F{size} on User {{ id }}"


def _fragments_side_by_side(size: int) -> str:
    spreads = " ".join(f"...F{n}" for n in range(size))
    fragments = " ".join(f"fragment F{n} on User {{ id {spreads} }}" for n in range(size))
    return f"{{ viewer {{ {spreads} }} }} {fragments}"


def _aliases(size: int) -> str:
    names = min(size, MAX_ALIASES)
    return "{" + " ".join(f"a{n}: viewer {{ id name email }}" for n in range(names)) + " }"


def _directives(size: int) -> str:
    count = min(size, MAX_DIRECTIVES)
    return "{ viewer {" + " id @include(if: true)" * count + " name" * max(0, size - count) + " } }"


def _unknown_fields(size: int) -> str:
    return "{ viewer {" + " ".join(f"nam{n}" for n in range(size)) + " } }"


def _inline_fragments(size: int) -> str:
    return "{ viewer {" + " ... on User { id }" * size + " } }"


def _union_members(size: int) -> str:
    branch = " ... on InvalidInputError { errors { field message } }"
    return "mutation { logout {" + branch * size + " } }"


def _deep_introspection(size: int) -> str:
    depth = min(size, 60)
    return "{ __schema { types { " + "fields { type { " * depth + "name" + " } }" * depth + " } } }"


def _variables(size: int) -> str:
    names = " ".join(f"$v{n}: String" for n in range(size))
    return f"query ({names}) {{ viewer {{ id }} }}"


_SHAPES: list[Shape] = [
    _overlapping_fields,
    _overlapping_selections,
    _fragments_in_a_row,
    _fragments_side_by_side,
    _aliases,
    _directives,
    _unknown_fields,
    _inline_fragments,
    _union_members,
    _deep_introspection,
    _variables,
]


def _refused_by_limits(text: str) -> bool:
    found = Documents(core).read(text)
    return isinstance(found, list) and any("more than" in str(e).lower() for e in found)


def _largest(shape: Shape) -> str:
    """The largest document of a shape that the limits do not refuse."""
    size = next(n for n in range(400, 0, -1) if not _refused_by_limits(shape(n)))
    return shape(size)


def _milliseconds(text: str) -> float:
    times = []
    for _ in range(5):
        documents = Documents(core)
        begun = time.thread_time()
        documents.read(text)
        times.append(time.thread_time() - begun)
    return min(times) * 1000


def main() -> int:
    print(f"at most {MAX_DEPTH} deep, {MAX_ALIASES} aliases, {MAX_DIRECTIVES} directives")
    measured = [(shape.__name__.strip("_"), _milliseconds(_largest(shape))) for shape in _SHAPES]
    for name, milliseconds in sorted(measured, key=lambda row: -row[1]):
        print(f"{name.replace('_', ' '):26}{milliseconds:8.2f} ms")
    return int(max(milliseconds for _, milliseconds in measured) > _LIMIT_MS)


if __name__ == "__main__":
    sys.exit(main())
