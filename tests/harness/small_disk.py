"""A small disk of a test's own, which a test fills and makes read-only."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

_PIECE = b"\0" * 4096


class Disk:
    """A mounted file system at `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._filler = path / "filler"

    def fill(self) -> None:
        """Leaves no byte on it. Also what has become free since it was filled before."""
        with suppress(OSError), self._filler.open("ab", buffering=0) as file:
            while file.write(_PIECE):
                pass

    def free(self) -> None:
        self._filler.unlink()

    def make_read_only(self) -> None:
        subprocess.run(["mount", "-o", "remount,ro", self.path], check=True)


@contextmanager
def small_disk(path: Path, *, size: str = "4m") -> Iterator[Disk]:
    """Mounts it. The test is skipped where this user may not mount; with CI=true it fails."""
    path.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", path]
    made = subprocess.run(mount, capture_output=True, text=True, check=False)
    if made.returncode != 0:
        message = f"no disk of the test's own, which only root can mount: {made.stderr.strip()}"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    try:
        yield Disk(path)
    finally:
        subprocess.run(["umount", "--lazy", path], check=True)
