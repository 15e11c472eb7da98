"""The file of breached passwords: how it is built, and which files are refused."""

import os
import random
from datetime import UTC, datetime
from hashlib import sha1
from pathlib import Path

import pytest
from harness.breached_lists import built, digits, written
from harness.processes import connectx, refused_start
from harness.settings import environment

from accounts.breached.build import BreachedListError, build
from accounts.breached.file import BreachedFile
from accounts.breached.layout import ENTRIES_AT
from server.settings import Settings, SettingsError

HINT = "`connectx passwords build` makes it"


async def has(path: Path, password: str) -> bool:
    return await BreachedFile(path).has(sha1(password.encode()).digest())


def test_the_command_builds_a_file_with_four_bytes_for_each_hash(tmp_path: Path):
    source = written(tmp_path / "list.txt", "password", "another one")
    output = tmp_path / "breached.bin"
    first = connectx("passwords", "build", str(source), "--output", str(output))
    again = connectx("passwords", "build", str(source), "--output", str(output))
    replaced = connectx("passwords", "build", str(source), "--output", str(output), "--yes")
    itself = connectx("passwords", "build", str(source), "--output", str(source), "--yes")
    nowhere = str(tmp_path / "no" / "folder")
    lost = connectx("passwords", "build", str(source), "--output", nowhere)

    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout == f"2 hashes, 4 MB: CONNECTX_BREACHED_PASSWORDS={output}\n"
    assert output.stat().st_size == ENTRIES_AT + 2 * 4
    assert (again.returncode, "add --yes" in again.stderr) == (2, True)
    assert replaced.returncode == 0
    assert (itself.returncode, "would replace the list itself" in itself.stderr) == (2, True)
    assert (lost.returncode, lost.stderr) == (2, f"{nowhere}.part: No such file or directory\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["breached.bin", "list.txt"]


async def test_every_hash_of_a_list_is_found_and_no_other(tmp_path: Path):
    chosen = random.Random(7)
    hashes = [chosen.randbytes(20) for _ in range(20_000)]
    # The first and the last that there can be, and neighbours in one bucket.
    hashes += [bytes(20), b"\xff" * 20, *(b"\x12\x34\x50" + bytes([n]) * 17 for n in range(50))]
    lines = "".join(f"{each.hex().upper()}:1\n" for each in sorted(hashes)).removesuffix("\n")
    (tmp_path / "list").write_text(lines)
    read: list[int] = []

    done = build(tmp_path / "list", tmp_path / "file", progress=read.append)

    file = BreachedFile(tmp_path / "file")
    assert done.count == file.count == len(hashes)
    assert sum(read) == len(lines)
    assert all([await file.has(each) for each in hashes])
    others = [chosen.randbytes(20) for _ in range(20_000)]
    others += [each[:4] + bytes([each[4] ^ 1]) + each[5:] for each in hashes]
    assert not any([await file.has(each) for each in others])
    file.close()


async def test_a_folder_with_a_file_for_each_prefix_is_a_list_as_well(tmp_path: Path):
    folder = tmp_path / "download"
    folder.mkdir()
    for password in ("password", "another one"):
        known = digits(password)
        padding = f"{0:035X}:0\r\n"
        (folder / f"{known[:5]}.txt").write_text(f"{padding}{known[5:]}:3\r\n", newline="")
    (folder / "notes").write_text("of whoever downloaded it")
    os.utime(folder, (1_700_000_000, 1_700_000_000))
    output = tmp_path / "file"

    done = connectx("passwords", "build", str(folder), "--output", str(output))

    assert (done.returncode, done.stderr) == (0, "2 of 1,048,576 files were there.\n")
    assert await has(output, "password")
    assert await has(output, "another one")
    assert BreachedFile(output).count == 2
    assert BreachedFile(output).taken_at == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


LINES = "takes lines of a SHA-1 hash and a count, such as 5BAA61E4"
FIRST, SECOND = f"{'0' * 40}:1", f"{'1' * 40}:2"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "list has 0 hashes"),
        (f"{FIRST}\npassword\n", f"list, line 2: {LINES}"),
        (f"{FIRST}\n{'0' * 32}:1\n", f"list, line 2: {LINES}"),
        (f"{FIRST}\nx{SECOND}\n", f"list, line 2: {LINES}"),
        (f"{FIRST}\n\n{SECOND}", f"list, line 2: {LINES}"),
        (f"{SECOND}\n{FIRST}\n", "list is not sorted by hash, at line 1 or after it; "),
        ("\0" * 9_000_000, f"list, line 1: {LINES}"),
    ],
    ids=["empty", "words", "NTLM", "more in a line", "empty line", "unsorted", "binary"],
)
def test_a_list_that_is_none_is_refused_with_its_line_and_leaves_nothing(
    tmp_path: Path, text: str, said: str
):
    (tmp_path / "list").write_text(text)

    with pytest.raises(BreachedListError) as refused:
        build(tmp_path / "list", tmp_path / "file", progress=lambda _: None)

    assert said in str(refused.value)
    assert [path.name for path in tmp_path.iterdir()] == ["list"]


def test_a_file_that_cannot_be_used_is_told_at_the_start(tmp_path: Path):
    missing, folder = tmp_path / "missing", tmp_path
    text = written(tmp_path / "text", "password", "another one")
    whole = built(tmp_path, "password")
    cut, longer, none = tmp_path / "cut", tmp_path / "longer", tmp_path / "none"
    cut.write_bytes(whole.read_bytes()[:-1])
    longer.write_bytes(whole.read_bytes() + b"\0" * 4)
    none.touch()
    size = ENTRIES_AT + 4
    refused = {
        str(missing): f"{missing} cannot be read: No such file or directory; {HINT}",
        str(folder): f"{folder} cannot be read: Is a directory; {HINT}",
        str(text): f"{text} is not a file of breached passwords; {HINT}",
        str(none): f"{none} is not a file of breached passwords; {HINT}",
        str(cut): f"{cut} is damaged: it has {size - 1:,} bytes, and {size:,} are needed for "
        f"1 hashes; {HINT} anew",
        str(longer): f"{longer} is damaged: it has {size + 4:,} bytes, and {size:,} are needed "
        f"for 1 hashes; {HINT} anew",
        **dict.fromkeys(
            (
                *("ftp://host/range/", "https://me:secret@host/range/", "https:///range/"),
                *("https://host:66666/range/", "https://host:x/range/"),
            ),
            "takes a file of `connectx passwords build`, or the URL of a range API such as "
            "https://api.pwnedpasswords.com/range/",
        ),
    }
    for chosen, said in refused.items():
        with environment(BREACHED_PASSWORDS=chosen), pytest.raises(SettingsError) as error:
            Settings.read()
        assert str(error.value) == f"CONNECTX_BREACHED_PASSWORDS: {said}"
    started = refused_start(BREACHED_PASSWORDS=str(missing))

    assert (started.returncode, started.stdout) == (2, "")
    assert started.stderr == f"CONNECTX_BREACHED_PASSWORDS: {refused[str(missing)]}\n"
