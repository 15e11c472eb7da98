"""A server's memory is put into huge pages, where the system has them."""

import platform
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from postbox import eventually
from process import Server, serving

from server.huge_pages import whole_pages

SIZE = 0x200000

_ENABLED = Path("/sys/kernel/mm/transparent_hugepage/enabled")
_RELEASE = tuple(map(int, re.findall(r"\d+", platform.release())[:2]))


def kib_in_huge_pages(server: Server) -> int:
    memory = Path(f"/proc/{server.pid}/smaps_rollup").read_text()
    found = re.search(r"^AnonHugePages: +(\d+) kB$", memory, re.MULTILINE)
    assert found
    return int(found[1])


@pytest.mark.skipif(
    not _ENABLED.exists() or "[never]" in _ENABLED.read_text() or _RELEASE < (6, 1),
    reason="the system has no huge pages, or cannot be asked for them",
)
def test_soon_after_its_start_a_server_is_in_huge_pages_and_answers_as_ever(
    settings: dict[str, str],
):
    with serving(**settings) as server:
        eventually(lambda: kib_in_huge_pages(server) > 10 * 1024, "memory in huge pages")

        assert server.register()["__typename"] == "RegisterSuccess"


def test_only_memory_that_is_the_process_s_own_and_no_file_s_is_taken():
    maps = """\
00400000-00c00000 r-xp 00000000 fe:00 1234                               /usr/bin/python3.11
01000000-01200000 rw-p 00000000 fe:00 1234                               /usr/bin/python3.11
02000000-02200000 rw-p 00000000 00:00 0                                  [heap]
03000000-03200000 rw-s 00000000 00:01 99                                 /dev/zero (deleted)
04000000-04200000 rw-p 00000000 00:00 0
05000000-05200000 ---p 00000000 00:00 0
06000000-06200000 rw-p 00000000 00:00 0                                  [stack]
"""

    assert list(whole_pages(maps.splitlines(), SIZE)) == [0x02000000, 0x04000000]


@given(
    start=st.integers(0, 2**47).map(lambda number: number & ~0xFFF),
    length=st.integers(1, 5 * SIZE).map(lambda number: number & ~0xFFF),
)
def test_a_huge_page_begins_at_its_size_and_lies_within(start: int, length: int):
    pages = list(whole_pages([f"{start:08x}-{start + length:08x} rw-p 00000000 00:00 0\n"], SIZE))

    assert all(page % SIZE == 0 for page in pages)
    assert all(start <= page and page + SIZE <= start + length for page in pages)
    assert len(set(pages)) == len(pages) >= length // SIZE - 1
