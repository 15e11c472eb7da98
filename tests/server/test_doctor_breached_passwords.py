"""What `connectx doctor` says of a list of breached passwords."""

import os
from datetime import UTC, datetime
from pathlib import Path

from harness.breached_lists import built, range_service
from harness.doctor_findings import about, ask
from harness.settings import environment

from accounts.breached.build import build
from server.doctor.breached_passwords import check_breached_passwords
from server.settings import Settings

SUBJECT = "breached passwords"


async def told(folder: Path, source: object) -> tuple[str, str]:
    """What `doctor` finds of a list."""
    with environment(DATA_DIR=str(folder), BREACHED_PASSWORDS=str(source)):
        [finding] = await check_breached_passwords(Settings.read())
    return finding.state.value, finding.what


async def test_doctor_tells_how_long_and_how_old_a_list_is(tmp_path: Path):
    file = built(tmp_path, "password", "another one")
    _, found = ask(DATA_DIR=str(tmp_path), BREACHED_PASSWORDS=str(file))
    os.utime(tmp_path / "list.txt", (1_700_000_000, 1_700_000_000))
    build(tmp_path / "list.txt", file, progress=lambda _: None)
    state, old = await told(tmp_path, file)
    incomplete = await told(tmp_path, built(tmp_path, "another one"))

    today = f"{datetime.now(UTC):%Y-%m-%d}"
    assert about(SUBJECT, found) == [("ok", f"{file}: 2 hashes, from {today}, 0 days old")]
    assert (state, "2 hashes, from 2023-11-14, " in old) == ("warning", True)
    assert incomplete == ("warning", f"{file}: 1 hashes, from {today}, 0 days old")


async def test_doctor_asks_a_service(tmp_path: Path):
    found = []
    with range_service("password") as service:
        for answer in (None, (200, f"{0:035X}:0\n"), (503, "")):
            service.answer = answer
            found.append(await told(tmp_path, service.url))

    assert [state for state, _ in found] == ["ok", "warning", "warning"]
    assert all(what.startswith(f"{service.url}: answers in ") for _, what in found[:2])
    assert found[2][1] == f"{service.url}: it answered with the status 503"
