"""Reads files by numbered lines, and writes files atomically."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import BinaryIO

from accounts.transfer.lines import MAX_LINE
from server.cli.connection import interruptible
from server.settings import SettingsError


class NumberedLines:
    """Iterates over the non-blank lines of a file with their numbers, in constant memory."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._waiting = interruptible if file.isatty() else nullcontext
        self.bytes_read = 0

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        number = 0
        while line := self._read():
            number += 1
            # Skips the rest of a line above MAX_LINE, which is rejected anyway.
            whole = line
            while not whole.endswith(b"\n") and (whole := self._read()):
                pass
            if line.strip():
                yield number, line

    def _read(self) -> bytes:
        with self._waiting():
            piece = self._file.readline(MAX_LINE + 1)
        self.bytes_read += len(piece)
        return piece


Write = Callable[[list[bytes]], None]


@contextmanager
def written_file(path: Path) -> Iterator[Write]:
    """Yields a function that writes lines to a file that only its owner can read.

    The file appears under its name when it is complete. `-` is stdout. Raises SettingsError if
    writing fails.
    """
    if str(path) == "-":
        stdout = Path("stdout")
        yield lambda lines: _write(sys.stdout.buffer, lines, stdout)
        with _os_errors_reported(stdout):
            sys.stdout.buffer.flush()
        return
    # A pipe or a device must not be replaced by a file.
    special = path.exists() and not path.is_file()
    part = path if special else path.with_name(f"{path.name}.part")
    with _os_errors_reported(path):
        file = part.open("wb") if special else _create(part)
    try:
        yield lambda lines: _write(file, lines, path)
        with _os_errors_reported(path):
            file.flush()
            if not special:
                os.fsync(file.fileno())
                part.replace(path)
    finally:
        with suppress(OSError):  # reported already
            file.close()
        if not special:
            part.unlink(missing_ok=True)


def _create(path: Path) -> BinaryIO:
    path.unlink(missing_ok=True)  # left over from an interrupted export
    # Sets the mode on creation, so that the file is never readable by others.
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _write(file: BinaryIO, lines: list[bytes], path: Path) -> None:
    with _os_errors_reported(path):
        file.writelines(lines)


@contextmanager
def _os_errors_reported(path: Path) -> Iterator[None]:
    # An OSError would be reported as an outage of the database.
    try:
        yield
    except OSError as error:
        raise SettingsError(f"{path} cannot be written: {error.strerror}") from None
