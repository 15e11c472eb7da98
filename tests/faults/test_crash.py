"""A mail leaves, whatever happens between the answer to its registration and its delivery."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from harness.database import rows
from harness.polling import eventually
from harness.postbox import Postbox
from harness.processes import serving
from harness.service import Clock, Service, running

ADDRESS = "ada@example.com"


def attempts(url: str) -> int:
    [mail] = rows(url, "SELECT attempts FROM outgoing_mails WHERE claimed_by IS NULL") or [
        {"attempts": 0}
    ]
    return mail["attempts"]


@pytest.fixture
def closed() -> Iterator[Postbox]:
    """A mail server that has an address, and has not been started."""
    postbox = Postbox()
    yield postbox
    postbox.stop()


def test_a_mail_that_found_nobody_before_the_crash_arrives_after_it(
    settings: dict[str, str], database_url: str, closed: Postbox
):
    settings["SMTP_URL"] = closed.url
    with serving(**settings) as server:
        answer = server.register()
        eventually(lambda: attempts(database_url), "a try to deliver")
        server.kill()

    closed.start()
    with serving(**settings) as server:
        verified = server.verify(closed.code(ADDRESS))

    assert answer["__typename"] == "RegisterSuccess"
    assert verified["user"] == {
        **answer["user"],
        "isVerified": True,
        "nextSteps": [],
        "updatedAt": verified["user"]["updatedAt"],
    }
    assert len(closed.sent_to(ADDRESS)) == 1


@contextmanager
def silent() -> Iterator[tuple[str, threading.Event]]:
    """A mail server that takes a call and then says nothing, and whether it was called."""
    called = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            called.set()
            with connection:
                connection.recv(1)

        thread = threading.Thread(target=answer)
        thread.start()
        yield f"smtp://127.0.0.1:{listener.getsockname()[1]}", called
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


def test_a_mail_that_was_on_its_way_in_the_crash_arrives_once_its_lease_is_over(
    settings: dict[str, str], postbox: Postbox
):
    with silent() as (url, called), serving(**{**settings, "SMTP_URL": url}) as server:
        answer = server.register()
        assert called.wait(15)
        server.kill()

    later = Clock()
    later.now = datetime.now(UTC) + timedelta(minutes=3)
    with running(later, **settings) as service:
        verified = service.verify(postbox.code(ADDRESS))

    assert verified["user"]["id"] == answer["user"]["id"]


def test_a_mail_that_is_refused_for_a_while_arrives_in_the_end(
    service: Service, postbox: Postbox, database_url: str
):
    postbox.answer = "451 come back later"
    service.register()
    for tries in (1, 2, 3):
        eventually(lambda: attempts(database_url) == tries, f"{tries} tries")  # noqa: B023 - called at once
        assert postbox.mails == []
        service.clock.advance(minutes=1)

    postbox.answer = "250 OK"

    code = postbox.code(ADDRESS)
    assert service.verify(code)["__typename"] == "VerifyEmailSuccess"
    assert rows(database_url, "SELECT state, last_error FROM outgoing_mails") == [
        {"state": "sent", "last_error": None}
    ]


def test_a_mail_that_is_refused_for_24_hours_is_kept_as_failed(
    service: Service, postbox: Postbox, database_url: str
):
    postbox.answer = "451 come back later"
    service.register()
    eventually(lambda: attempts(database_url) == 1, "a try")

    service.clock.advance(hours=24)

    state = "SELECT state, last_error FROM outgoing_mails"
    eventually(lambda: rows(database_url, state)[0]["state"] != "queued", "the end of the tries")
    assert rows(database_url, state) == [
        {"state": "failed", "last_error": "SMTPDataError: 451 come back later"}
    ]
    assert postbox.mails == []
