"""The limit of open files."""

import json
import logging
import resource
from contextlib import ExitStack
from pathlib import Path

import psutil
import pytest
from harness.polling import eventually
from harness.processes import COMMAND, Process, Server, serving
from harness.raw_connections import dialled, rest

from server.edge.open_files import OpenFiles, max_open_files

SHORT = "connections take nearly all of them"


def test_at_the_limit_the_oldest_silent_client_makes_room_and_the_log_says_what_to_do(
    server: Server,
):
    room = psutil.Process(server.pid).num_fds() + 32 + 20
    resource.prlimit(server.pid, resource.RLIMIT_NOFILE, (room, room))
    with ExitStack() as stack:
        silent = [stack.enter_context(dialled(server)) for _ in range(60)]
        assert rest(silent[0]) == b""
        silent[-1].settimeout(0.2)
        with pytest.raises(TimeoutError):
            silent[-1].recv(1)

        assert server.http.get("/healthz").status_code == 200
    lines = [line for line in server.output().splitlines() if SHORT in line]
    assert len(lines) == 1
    assert "raise LimitNOFILE in the systemd unit, or ulimit -n" in lines[0]


def test_the_limit_is_logged_once_a_minute(caplog: pytest.LogCaptureFixture):
    times = iter([0.0, 1.0, 59.0, 61.0, 62.0])
    files = OpenFiles(now=lambda: next(times))
    last = resource.getrlimit(resource.RLIMIT_NOFILE)[0] - 1

    with caplog.at_level(logging.ERROR, "connectx.edge"):
        assert not files.are_short(last - 100)
        assert [files.are_short(last) for _ in range(5)] == [True] * 5

    assert len(caplog.records) == 2


def test_a_server_raises_its_limit_as_far_as_it_may(tmp_path: Path):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
    try:
        with serving(DATA_DIR=str(tmp_path)) as server:
            raised, _ = resource.prlimit(server.pid, resource.RLIMIT_NOFILE)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

    assert raised == max_open_files() > 256


def test_doctor_warns_of_a_limit_that_is_lower_than_the_subscriptions(tmp_path: Path):
    def finding(limit: int) -> dict[str, str]:
        command = f"ulimit -n {limit} && exec {COMMAND} doctor --json 2>/dev/null"
        with Process("sh", "-c", command, DATA_DIR=str(tmp_path), SUBSCRIPTIONS="500") as doctor:
            eventually(lambda: not doctor.runs, "doctor's end")
            found = json.loads(doctor.output())
        (one,) = [one for one in found if one["subject"] == "open files"]
        return one

    assert finding(2_000)["state"] == "ok"
    low = finding(512)
    assert low["state"] == "warning"
    assert low["what"] == "at most 512, but CONNECTX_SUBSCRIPTIONS=500 needs 612"
    assert "LimitNOFILE" in low["toDo"]
