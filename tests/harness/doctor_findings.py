"""`connectx doctor`, asked for what it finds, and a mail server for it to find."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from harness.postbox import Postbox
from harness.postgres import free_port
from harness.processes import connectx

SENDER = "Example <no-reply@example.com>"


def ask(*arguments: str, **settings: str) -> tuple[int, list[dict[str, str]]]:
    """The exit code, and the findings."""
    result = connectx("doctor", "--json", *arguments, **settings)
    assert result.stderr == ""
    return result.returncode, json.loads(result.stdout)


def about(subject: str, found: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(one["state"], one["what"]) for one in found if one["subject"] == subject]


@contextmanager
def mail_server(**options: Any) -> Iterator[tuple[Postbox, str]]:
    """A mail server that wants a password, and its host and port."""
    postbox = Postbox()
    controller = Controller(
        postbox,
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=lambda _server, _session, _envelope, _mechanism, given: AuthResult(
            success=(given.login, given.password) == (b"me", b"p@ssword-42"), handled=False
        ),
        **options,
    )
    controller.start()
    try:
        yield postbox, f"127.0.0.1:{controller.port}"
    finally:
        controller.stop()
