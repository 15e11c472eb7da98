"""Looks hashes up in a file that `connectx passwords build` made."""

import mmap
from bisect import bisect_left
from datetime import UTC, datetime
from pathlib import Path

from accounts.breached.layout import (
    BUCKETS,
    ENTRIES_AT,
    ENTRY,
    HEADER,
    MAGIC,
    bucket_and_entry,
    file_size,
)

_HINT = "`connectx passwords build` makes it"


class BreachedFileError(Exception):
    """The file cannot be used. The message says why, and what to do."""


class BreachedFile:
    """A file that is mapped into memory. All processes that use it share the pages.

    A hash that is not in the list is found with a probability of `count` / 2**52.
    """

    def __init__(self, path: Path) -> None:
        """Raises BreachedFileError."""
        self._map = _mapped(path)
        self.count, taken = _header(self._map, path)
        self.taken_at = datetime.fromtimestamp(taken, UTC)
        """When the list was downloaded, as far as its file told."""

    async def has(self, digest: bytes) -> bool:
        bucket, wanted = bucket_and_entry(digest)
        start, end = self._before(bucket), self._before(bucket + 1)
        place = start + bisect_left(range(start, end), wanted, key=self._entry)
        return place < end and self._entry(place) == wanted

    def close(self) -> None:
        self._map.close()

    def _before(self, bucket: int) -> int:
        return self._number(HEADER.size + bucket * ENTRY)

    def _entry(self, place: int) -> int:
        return self._number(ENTRIES_AT + place * ENTRY)

    def _number(self, at: int) -> int:
        return int.from_bytes(self._map[at : at + ENTRY])


def _mapped(path: Path) -> mmap.mmap:
    try:
        with path.open("rb") as file:
            if file.seek(0, 2) < HEADER.size:
                raise BreachedFileError(f"{path} is not a file of breached passwords; {_HINT}")
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except OSError as error:
        raise BreachedFileError(f"{path} cannot be read: {error.strerror}; {_HINT}") from None
    # Neighbours of a page are of no use: hashes are everywhere.
    mapped.madvise(mmap.MADV_RANDOM)
    return mapped


def _header(mapped: mmap.mmap, path: Path) -> tuple[int, int]:
    magic, count, taken = HEADER.unpack_from(mapped)
    if magic != MAGIC:
        raise BreachedFileError(f"{path} is not a file of breached passwords; {_HINT}")
    last = HEADER.size + BUCKETS * ENTRY
    if len(mapped) != file_size(count) or int.from_bytes(mapped[last : last + ENTRY]) != count:
        raise BreachedFileError(
            f"{path} is damaged: it has {len(mapped):,} bytes, and {file_size(count):,} are needed "
            f"for {count:,} hashes; {_HINT} anew"
        )
    return count, taken
