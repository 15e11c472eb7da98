"""Keeps the process's memory in huge pages, so that the processor finds it at once.

What a request goes through lies scattered over 60 MiB. In pages of 4 KiB, finding where each one is
takes 3 to 5 % of a request, and more beside a hash, which goes through 19 MiB and takes the
processor's cache with it: there, 7 % of a registration.
"""

import asyncio
import ctypes
import mmap
from collections.abc import Iterable, Iterator
from pathlib import Path

_SYSTEM = Path("/sys/kernel/mm/transparent_hugepage")
_MAPS = Path("/proc/self/maps")

_COLLAPSE = 25
"""MADV_COLLAPSE of Linux 6.1, which Python does not name. Older ones refuse it."""

_MOSTLY = 3 / 4
"""Of a huge page has to be in use already: next to no memory is taken for it."""

_FIRST, _THEN = 1.0, 2.0
"""Seconds: once the start is over, and then for what was taken since, which is 1 ms of looking."""

_BETWEEN = 0.05
"""Seconds from one to the next: each takes 1 to 4 ms, for which all of the process may wait."""


async def keep_in_huge_pages() -> None:
    """Until it is cancelled. Nothing is done where the system has none, or is told never to."""
    size, pause = _page_size(), _FIRST
    tried: set[int] = set()
    while size is not None:
        await asyncio.sleep(pause)
        for page in await asyncio.to_thread(_mostly_in_use, size, tried):
            await asyncio.to_thread(_collapse, page, size)
            await asyncio.sleep(_BETWEEN)
        pause = _THEN


def _page_size() -> int | None:
    """Of a huge page, in bytes."""
    try:
        told = (_SYSTEM / "enabled").read_text()
        size = int((_SYSTEM / "hpage_pmd_size").read_text())
    except (OSError, ValueError):  # not Linux, or a container that hides it
        return None
    return None if "[never]" in told else size


def _mostly_in_use(size: int, tried: set[int]) -> list[int]:
    """Which memory may be put together and was not there before; from now on it is `tried`."""
    libc = ctypes.CDLL(None)
    in_use = ctypes.create_string_buffer(size // mmap.PAGESIZE)
    with _MAPS.open() as maps:
        pages = set(whole_pages(maps, size))
    tried &= pages
    found = [
        page
        for page in sorted(pages - tried)
        if libc.mincore(ctypes.c_void_p(page), ctypes.c_size_t(size), in_use) == 0
        and in_use.raw.count(1) >= _MOSTLY * len(in_use)
    ]
    tried.update(found)
    return found


def _collapse(page: int, size: int) -> None:
    """Has the system put it together. What it refuses stays as it is."""
    ctypes.CDLL(None).madvise(ctypes.c_void_p(page), ctypes.c_size_t(size), _COLLAPSE)


def whole_pages(maps: Iterable[str], size: int) -> Iterator[int]:
    """Where huge pages would fit into memory that is the process's own and no file's.

    `maps` is as Linux has it in /proc/PID/maps.
    """
    for line in maps:
        span, rights, _, _, _, *name = line.split()
        if rights == "rw-p" and name in ([], ["[heap]"]):
            start, end = (int(number, 16) for number in span.split("-"))
            yield from range(-(-start // size) * size, end - size + 1, size)
