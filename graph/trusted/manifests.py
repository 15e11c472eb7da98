"""Reads manifests, in which code generators list the documents of their clients."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.trusted.trust import BrokenDocumentsError, Source

_APOLLO = "apollo-persisted-query-manifest"
_NAME = re.compile(r"\b(?:query|mutation|subscription)\s+(\w+)")
_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half of a UTF-16 pair. JSON can escape one, but no valid text contains it."""
_NO_MANIFEST = (
    "is no manifest: it takes an object of ids and documents, as graphql-codegen and "
    f"relay-compiler write it, or the format {_APOLLO}, version 1"
)


def read_manifest(file: Path, text: str) -> list[Source]:
    """The documents of a manifest. Raises BrokenDocumentsError."""
    try:
        manifest = json.loads(text, object_pairs_hook=_each_once)
    except (json.JSONDecodeError, RecursionError):
        raise BrokenDocumentsError([f"{file}: is not JSON"]) from None
    except _GivenTwiceError as twice:
        raise BrokenDocumentsError([f"{file}: {twice} has two different documents"]) from None
    documents = list(_documents(manifest))
    if not documents or not all(_is_text(each) for pair in documents for each in pair):
        raise BrokenDocumentsError([f"{file}: {_NO_MANIFEST}"])
    return [Source(f"{file}: {_name(body) or key}", (body,), key) for key, body in documents]


def _documents(manifest: Any) -> Iterator[tuple[Any, Any]]:
    """Pairs of id and text, whose types are not checked yet."""
    if not isinstance(manifest, dict):
        return
    if "format" not in manifest:
        yield from manifest.items()
    elif (manifest["format"], manifest.get("version")) == (_APOLLO, 1):
        operations = manifest.get("operations")
        for each in operations if isinstance(operations, list) else []:
            yield (each.get("id"), each.get("body")) if isinstance(each, dict) else (None, None)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value) and not _SURROGATE.search(value)


class _GivenTwiceError(Exception):
    """A key has two different values. The message is the key."""


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object of `pairs`. Raises an error where JSON would silently keep a key's last value."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if found.setdefault(key, value) != value:
            raise _GivenTwiceError(key)
    return found


def _name(text: str) -> str | None:
    """The name of the first operation, even if the text cannot be parsed."""
    found = _NAME.search(text)
    return found[1] if found else None
