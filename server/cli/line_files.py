"""Files of lines: read with their numbers, and never left half written."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import BinaryIO

from accounts.transfer.lines import MAX_LINE
from server.cli.db import interruptible
from server.settings import SettingsError


class NumberedLines:
    """The lines of a file that are not blank, in constant memory whatever their length."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._waiting = interruptible if file.isatty() else nullcontext
        self.bytes_read = 0

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        number = 0
        while line := self._read():
            number += 1
            # What is cut off would not be read: the line is too long as it is.
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
    """Writes a file that only its owner can read, and that is there once all of it is.

    `-` is stdout. Raises SettingsError where the file cannot be written.
    """
    if str(path) == "-":
        stdout = Path("stdout")
        yield lambda lines: _write(sys.stdout.buffer, lines, stdout)
        with _told(stdout):
            sys.stdout.buffer.flush()
        return
    # A pipe or a device is not to be replaced by a file.
    special = path.exists() and not path.is_file()
    part = path if special else path.with_name(f"{path.name}.part")
    with _told(path):
        file = part.open("wb") if special else _new(part)
    try:
        yield lambda lines: _write(file, lines, path)
        with _told(path):
            file.flush()
            if not special:
                os.fsync(file.fileno())
                part.replace(path)
    finally:
        with suppress(OSError):  # told already
            file.close()
        if not special:
            part.unlink(missing_ok=True)


def _new(path: Path) -> BinaryIO:
    path.unlink(missing_ok=True)  # what another export has left half done
    # Made with its mode, so that nobody else can read it for a moment.
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _write(file: BinaryIO, lines: list[bytes], path: Path) -> None:
    with _told(path):
        file.writelines(lines)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    # Otherwise a full disk would be taken for an outage of the database.
    try:
        yield
    except OSError as error:
        raise SettingsError(f"{path} cannot be written: {error.strerror}") from None
