"""Documents that an operator trusts: read at start, and asked for by their ids or their texts."""

from graph.trusted.files import read_sources
from graph.trusted.trust import NOTHING, BrokenDocumentsError, Source, Trusted, refused, trust

__all__ = [
    "NOTHING",
    "BrokenDocumentsError",
    "Source",
    "Trusted",
    "read_sources",
    "refused",
    "trust",
]
