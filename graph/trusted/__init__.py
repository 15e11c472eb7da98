"""Trusted documents: an operator's files, read at start, and found by their ids or texts."""

from graph.trusted.files import read_sources
from graph.trusted.trust import (
    BrokenDocumentsError,
    Source,
    Trusted,
    only_trusted,
    trust,
)

__all__ = [
    "BrokenDocumentsError",
    "Source",
    "Trusted",
    "only_trusted",
    "read_sources",
    "trust",
]
