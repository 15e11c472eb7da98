"""The machine's clock jumps, as after a suspended virtual machine or a wrong time server."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from harness.postbox import Postbox
from harness.processes import Server, serving
from harness.tools import find_tool

Jump = Callable[[str], None]


@pytest.fixture
def jump(tmp_path: Path) -> Jump:
    """Sets the server's clock to the machine's time and an offset, such as `+25h`."""
    offset = tmp_path / "offset"
    offset.write_text("+0")

    def jump(by: str) -> None:
        # In one step, as the server reads it at each look at its clock.
        later = offset.with_suffix(".new")
        later.write_text(by)
        later.rename(offset)

    return jump


@pytest.fixture
def server(settings: dict[str, str], jump: Jump, tmp_path: Path) -> Iterator[Server]:
    find_tool("faketime", get="apt-get install faketime")
    fake = {
        "LD_PRELOAD": str(next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))),
        "FAKETIME_TIMESTAMP_FILE": str(tmp_path / "offset"),
        "FAKETIME_NO_CACHE": "1",
        # Linux never lets this one jump.
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    with serving(**settings, environ=fake) as server:
        yield server


def test_a_clock_that_jumps_forward_ends_codes_and_nothing_else(
    server: Server, jump: Jump, postbox: Postbox
):
    server.register()
    code = postbox.code("ada@example.com")
    jump("+2h")

    assert server.verify(code)["__typename"] == "ExpiredOtpError"
    assert server.resend()["__typename"] == "ResendVerificationSuccess"
    code = postbox.code("ada@example.com", count=2)
    assert server.verify(code)["__typename"] == "VerifyEmailSuccess"
    assert server.login()["__typename"] == "LoginSuccess"


def test_after_a_clock_that_jumps_back_people_register_verify_and_stay_logged_in(
    server: Server, jump: Jump, postbox: Postbox
):
    jump("+25h")
    server.register()
    server.verify(postbox.code("ada@example.com"))
    token = server.login()["accessToken"]
    jump("-1h")

    assert server.viewer(token)["email"] == "ada@example.com"
    assert server.register(email="grace@example.com")["__typename"] == "RegisterSuccess"
    code = postbox.code("grace@example.com")
    assert server.verify(code, "grace@example.com")["__typename"] == "VerifyEmailSuccess"
    assert server.login("grace@example.com")["__typename"] == "LoginSuccess"
    assert server.login()["__typename"] == "LoginSuccess"
