"""Passwords that are known from data breaches, as a service over HTTP tells of them."""

import ssl
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.breached_lists import (
    BREACHED,
    ERROR,
    PADDING,
    UNHEARD,
    RangeService,
    digits,
    errors,
    looked_up,
    range_service,
)
from harness.polling import eventually
from harness.service import Service, running

sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def known() -> Iterator[RangeService]:
    with range_service(BREACHED) as known:
        yield known


@pytest.fixture
def asking(settings: dict[str, str], known: RangeService) -> Iterator[Service]:
    """A server that asks a service."""
    with running(**settings, BREACHED_PASSWORDS=known.url, METRICS="on") as service:
        yield service


@sqlite
def test_a_service_is_told_five_digits_of_a_hash_and_nothing_else(
    asking: Service, known: RangeService
):
    assert errors(asking.register(password=BREACHED)) == [ERROR]
    assert asking.register(password=UNHEARD)["__typename"] == "RegisterSuccess"
    counted = {"found": 1, "not_found": 1, "failed": 0}
    eventually(lambda: looked_up(asking) == counted, "the metrics")

    assert [path for path, _ in known.asked] == [
        f"/range/{digits(password)[:5]}" for password in (BREACHED, UNHEARD)
    ]
    assert [headers for _, headers in known.asked] == 2 * [
        {
            "Host": known.url.split("/")[2],
            "User-Agent": "connectx",
            "Accept": "text/plain",
            "Add-Padding": "true",
        }
    ]
    assert known.connections == 1


@sqlite
def test_a_line_that_pads_an_answer_is_no_password(asking: Service, known: RangeService):
    known.answer = 200, f"{digits(UNHEARD)[5:]}:0\r\n{known.lines('none')}"
    padded = asking.register(password=UNHEARD)
    known.answer = 200, f"{digits(BREACHED)[5:].lower()}:10\n"
    found = asking.register(email="grace@example.com", password=BREACHED)

    assert known.lines("none").count(":0") == PADDING
    assert padded["__typename"] == "RegisterSuccess"
    assert errors(found) == [ERROR]


@sqlite
def test_a_new_and_a_taken_address_cost_one_question_each(asking: Service, known: RangeService):
    for _ in range(2):
        asking.register()

    assert [path for path, _ in known.asked] == [f"/range/{digits(UNHEARD)[:5]}"] * 2


FAILURES = {
    "status": ((503, ""), "it answered with the status 503"),
    "redirect": ((302, ""), "it answered with the status 302"),
    "page": ((200, "<!doctype html>"), "its answer is no list of hashes"),
    "nothing": ((200, ""), "its answer is no list of hashes"),
    "too much": ((200, "A" * (2 << 20)), "it cannot be reached: EOFError"),
}


@sqlite
def test_while_a_service_fails_people_register_and_the_log_says_so_without_a_hash(
    asking: Service, known: RangeService, caplog: pytest.LogCaptureFixture
):
    def log_of(number: int) -> str:
        caplog.clear()
        answer = asking.register(email=f"p{number}@example.com", password=BREACHED)
        assert answer["__typename"] == "RegisterSuccess"
        asking.clock.advance(minutes=1)
        return "".join(record.getMessage() for record in caplog.records if "list" in record.msg)

    prefix = "passwords are accepted without the list of breached ones: "
    for number, (answer, said) in enumerate(FAILURES.values()):
        known.answer = answer
        assert log_of(number) == prefix + said
        assert digits(BREACHED)[:5] not in caplog.text

    known.answer = None
    assert errors(asking.register(email="last@example.com", password=BREACHED)) == [ERROR]
    counted = {"found": 1, "not_found": 0, "failed": len(FAILURES)}
    eventually(lambda: looked_up(asking) == counted, "the metrics")


@sqlite
def test_a_service_that_does_not_answer_is_waited_for_300_ms_in_all(
    asking: Service, known: RangeService, caplog: pytest.LogCaptureFixture
):
    known.hangs = True
    begun = time.monotonic()
    hanging = asking.register(password=BREACHED)
    took = time.monotonic() - begun
    asking.clock.advance(seconds=59)
    again = asking.register(email="grace@example.com", password=BREACHED)

    assert [each["__typename"] for each in (hanging, again)] == ["RegisterSuccess"] * 2
    assert 0.3 <= took < 3
    lines = [record.getMessage() for record in caplog.records if "breached" in record.name]
    assert lines == [
        "passwords are accepted without the list of breached ones: no answer within 300 ms"
    ]  # one line a minute


@sqlite
def test_a_service_that_has_ended_a_connection_is_asked_over_another(
    asking: Service, known: RangeService
):
    known.closes = True
    for _ in range(2):
        assert errors(asking.register(password=BREACHED)) == [ERROR]

    assert known.connections == 2


@sqlite
def test_a_service_over_tls_needs_a_certificate_that_this_machine_trusts(
    settings: dict[str, str],
    certificate: tuple[ssl.SSLContext, Path],
    monkeypatch: pytest.MonkeyPatch,
):
    context, path = certificate
    with range_service(BREACHED, tls=context) as service:
        chosen = {**settings, "BREACHED_PASSWORDS": service.url}
        with running(**chosen) as wary:
            unasked = wary.register(password=BREACHED)
        asked = len(service.asked)
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
        with running(**chosen) as trusting:
            refused = trusting.register(email="grace@example.com", password=BREACHED)

    assert (unasked["__typename"], asked) == ("RegisterSuccess", 0)
    assert errors(refused) == [ERROR]


@sqlite
def test_a_service_that_is_gone_keeps_nobody_from_registering(settings: dict[str, str]):
    with range_service() as gone:
        pass
    with running(**settings, BREACHED_PASSWORDS=gone.url.removesuffix("/")) as service:
        assert service.register(password=BREACHED)["__typename"] == "RegisterSuccess"
