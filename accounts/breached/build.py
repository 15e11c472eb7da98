"""Builds the file of breached passwords from a download of Have I Been Pwned."""

import os
import re
import sys
from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO

from accounts.breached.layout import (
    BUCKETS,
    ENTRIES_AT,
    HEADER,
    MAGIC,
    MAX_COUNT,
    PREFIX_DIGITS,
)

_PIECE = 1 << 22
"""Bytes that are read at a time: a hundred thousand lines."""

_LINE = re.compile(rb"^([0-9A-F]{13})[0-9A-F]{27}:\d+\r?$", re.MULTILINE)
_PADDING = re.compile(rb"^[0-9A-F]{40}:0\r?\n", re.MULTILINE)
"""Lines that the service adds to an answer so that its length tells nothing."""

_PREFIX_FILE = re.compile(r"[0-9A-Fa-f]{5}\.txt")


class BreachedListError(Exception):
    """The list cannot be read. The message says where, and what a list looks like."""


@dataclass(frozen=True)
class Built:
    count: int
    """Hashes in the file."""
    prefixes: int | None
    """The files that a folder had, one for each prefix; None if the list is one file."""


def list_size(source: Path) -> int:
    """The bytes of a list, for a progress bar. Raises OSError."""
    files = _prefix_files(source) if source.is_dir() else [source]
    return sum(file.stat().st_size for file in files)


def build(source: Path, output: Path, *, progress: Callable[[int], object]) -> Built:
    """Builds `output` from a file of lines `SHA1:count`, or from a folder of files by prefix.

    `progress` is told the bytes that were read since it was told last. The file replaces an older
    one in one step, so a server that uses that one goes on. Raises BreachedListError and OSError.
    """
    prefixes = _prefix_files(source) if source.is_dir() else None
    files = [source] if prefixes is None else prefixes
    part = output.with_name(f"{output.name}.part")
    try:
        with part.open("wb") as written:
            writer = _Writer(written)
            for file in files:
                prefix = "" if prefixes is None else file.stem.upper()
                for piece in _pieces(file, progress):
                    writer.add(piece, prefix=prefix.encode(), file=file)
            writer.finish(taken_at=int(source.stat().st_mtime), source=source)
        part.replace(output)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
    return Built(writer.count, None if prefixes is None else len(prefixes))


def _prefix_files(folder: Path) -> list[Path]:
    files = [file for file in folder.iterdir() if _PREFIX_FILE.fullmatch(file.name)]
    return sorted(files, key=lambda file: file.name.upper())


def _pieces(file: Path, progress: Callable[[int], object]) -> Iterator[bytes]:
    """The lines of a file, many at a time."""
    with file.open("rb") as opened:
        while piece := opened.read(_PIECE):
            piece += opened.readline(_PIECE)
            progress(len(piece))
            yield piece if piece.endswith(b"\n") else piece + b"\n"


class _Writer:
    """Writes the entries as they come. The header and the index follow at the end."""

    def __init__(self, file: BinaryIO) -> None:
        self.count = 0
        self._file = file
        self._in_buckets = array("Q", bytes(BUCKETS * array("Q").itemsize))
        self._last = b""
        self._line = 0
        self._source: Path | None = None
        file.seek(ENTRIES_AT)

    def add(self, piece: bytes, *, prefix: bytes, file: Path) -> None:
        """Adds whole lines, each of which begins after the `prefix` of its file."""
        if file != self._source:
            self._source, self._line = file, 0
        lines = piece.count(b"\n")
        piece = piece.upper()
        if prefix:
            piece = prefix + piece[:-1].replace(b"\n", b"\n" + prefix) + b"\n"
        kept = _LINE.findall(piece)
        if len(kept) != lines:
            raise self._malformed(piece, file)
        if b":0" in piece:
            kept = _LINE.findall(_PADDING.sub(b"", piece))
        if kept:
            self._write(kept, file)
        self._line += lines

    def _write(self, kept: list[bytes], file: Path) -> None:
        if kept[0] < self._last or kept != sorted(kept):
            raise BreachedListError(
                f"{file} is not sorted by hash, at line {self._line + 1:,} or after it; "
                "take the list in the order of the hashes, or sort it: LC_ALL=C sort"
            )
        self._last = kept[-1]
        self.count += len(kept)
        for bucket, count in Counter(each[:PREFIX_DIGITS] for each in kept).items():
            self._in_buckets[int(bucket, 16)] += count
        entries = b"".join([each[PREFIX_DIGITS:] for each in kept])
        self._file.write(bytes.fromhex(entries.decode()))

    def finish(self, *, taken_at: int, source: Path) -> None:
        if not 0 < self.count <= MAX_COUNT:
            raise BreachedListError(f"{source} has {self.count:,} hashes")
        self._file.seek(0)
        self._file.write(HEADER.pack(MAGIC, self.count, taken_at))
        before = array("I", accumulate(self._in_buckets, initial=0))
        if sys.byteorder == "little":
            before.byteswap()
        self._file.write(before.tobytes())
        self._file.flush()
        os.fsync(self._file.fileno())

    def _malformed(self, piece: bytes, file: Path) -> BreachedListError:
        lines = piece.split(b"\n")
        wrong = next(place for place, line in enumerate(lines) if not _LINE.fullmatch(line))
        return BreachedListError(
            f"{file}, line {self._line + wrong + 1:,}: takes lines of a SHA-1 hash and a count, "
            "such as 5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8:10434004"
        )
