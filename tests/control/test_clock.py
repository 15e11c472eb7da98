"""The clock of a test server: codes expire and cooldowns end without waiting."""

import json
from datetime import timedelta

import pytest
from harness.controlled_server import PERSON, ControlledServer, lines
from harness.event_streams import EVENTS
from harness.mailbox import ADA, GRACE, Mailbox


def test_advance_ends_codes_cooldowns_and_sessions_at_once(server: ControlledServer):
    server.register()
    box = Mailbox(server)
    code = box.code(ADA)
    before = server.now()

    assert server.resend()["__typename"] == "RateLimitedError"
    server.done("advance", {"seconds": 60})
    assert server.resend()["__typename"] == "ResendVerificationSuccess"
    server.done("advance", {"seconds": 24 * 3600})
    assert server.verify(box.code(ADA, count=2))["__typename"] == "ExpiredOtpError"
    assert server.verify(code)["__typename"] == "InvalidOtpError"
    server.resend()
    server.verify(box.code(ADA, count=3))
    token = server.login()["accessToken"]
    assert server.viewer(token)["email"] == ADA
    server.done("advance", {"seconds": 400 * 24 * 3600})
    assert server.viewer(token) is None
    assert server.now() - before > timedelta(days=401)


def test_advance_deletes_an_account_whose_deletion_is_due(server: ControlledServer):
    server.done("seed", lines(PERSON))
    token = server.login(GRACE)["accessToken"]
    scheduled = server.run(
        "request_account_deletion", token=token, input={"password": "secure_password"}
    )
    assert scheduled["__typename"] == "AccountDeletionScheduled"

    server.done("advance", {"seconds": 365 * 24 * 3600})

    assert server.login(GRACE)["__typename"] == "InvalidCredentialsError"


def test_advance_ends_a_subscription_to_a_verification_that_has_expired(server: ControlledServer):
    handle = server.register()["verification"]["id"]
    asked = {"query": f'subscription {{ verificationChanged(id: "{handle}") }}'}
    with server.http.stream("POST", "/graphql", json=asked, headers=EVENTS) as stream:
        told = stream.iter_lines()
        statuses = [next(line for line in told if "verificationChanged" in line)]
        server.done("advance", {"seconds": 24 * 3600})
        statuses += [line for line in told if "verificationChanged" in line]

    assert [json.loads(line.removeprefix("data: "))["data"] for line in statuses] == [
        {"verificationChanged": "PENDING"},
        {"verificationChanged": "EXPIRED"},
    ]


@pytest.mark.parametrize("seconds", [0, -1, "60", None, True, 1e300, 1e12])
def test_the_clock_takes_only_a_number_that_leads_to_a_later_date(
    server: ControlledServer, seconds: object
):
    assert server.refused("advance", {"seconds": seconds}).startswith("`seconds` takes a number ")
