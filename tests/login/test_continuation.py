"""`continueLogin`: the client that registered logs in without the password, once."""

from pathlib import Path

import pytest
from harness.continuations import ADDRESS, INVALID, PENDING, go_on, kind
from harness.database import rows
from harness.parallel_requests import at_once, kinds
from harness.policies import CONCEALING, policy_file
from harness.postbox import Postbox
from harness.processes import serving
from harness.service import Clock, Service, running

MALFORMED = {
    "__typename": "InvalidInputError",
    "message": "Some fields need your attention.",
    "errors": [
        {
            "__typename": "InvalidTokenFormatError",
            "field": "continuation",
            "message": "Please log in with your password.",
        }
    ],
}


def test_after_the_verification_the_token_logs_in_once(service: Service, postbox: Postbox):
    token = service.register()["continuation"]
    before = go_on(service, token)
    service.verify(postbox.code(ADDRESS))

    answer = go_on(service, f" {token}\n")

    assert before == {"__typename": PENDING, "message": "Email not verified yet."}
    assert answer["__typename"] == "LoginSuccess"
    assert service.viewer(answer["accessToken"])["email"] == ADDRESS
    assert go_on(service, token) == {
        "__typename": INVALID,
        "message": "Please log in with your password.",
    }


def test_only_the_tokens_sha_256_is_stored(service: Service, database_url: str):
    token = service.register()["continuation"]

    assert len(token) == 64
    stored = str(rows(database_url, "SELECT * FROM email_verifications"))
    assert token not in stored
    assert token[22:] not in stored


def test_what_cannot_be_a_token_is_a_rejected_field(service: Service):
    texts = ("", "x", "é" * 64, "A" * 10_000, "\0")

    assert [go_on(service, text) for text in texts] == [MALFORMED] * 5
    assert kind(service, "A" * 64) == INVALID


def test_the_token_of_one_registration_is_invalid_for_another(service: Service, postbox: Postbox):
    first, second = (service.register(email=f"{name}@example.com")["continuation"] for name in "ab")
    service.verify(postbox.code("a@example.com"), "a@example.com")

    assert kind(service, first[:22] + second[22:]) == INVALID


def test_a_new_and_a_taken_address_have_tokens_alike_until_somebody_verifies(
    settings: dict[str, str], postbox: Postbox, clock: Clock, tmp_path: Path
):
    """Also through a resend, a damaged token, and a second registration of the address."""
    new, taken = "new@example.com", ADDRESS
    with running(clock, **settings, POLICY=policy_file(tmp_path, CONCEALING)) as service:
        service.register(email=taken)
        service.verify(postbox.code(taken))
        clock.advance(hours=2)
        seen: dict[str, list[object]] = {new: [], taken: []}
        given = {address: service.register(email=address) for address in seen}

        def look() -> None:
            for address, answer in given.items():
                token, handle = answer["continuation"], answer["verification"]["id"]
                status = service.run("get_verification_status", id=handle)
                damaged = f"{token[:-2]}{'AA' if token[-2:] != 'AA' else 'BA'}"
                seen[address] += [status, kind(service, token), kind(service, damaged)]

        look()
        clock.advance(minutes=9)
        for address in seen:
            service.resend(address)
        clock.advance(minutes=9)
        look()
        clock.advance(minutes=1)
        look()
        for address in seen:
            service.register(email=address)
        look()
        clock.advance(minutes=10)
        look()

    assert seen[new] == seen[taken]
    assert seen[new] == [
        *["PENDING", PENDING, INVALID],
        *["PENDING", PENDING, INVALID],
        *["EXPIRED", INVALID, INVALID],
        *["PENDING", PENDING, INVALID],
        *["EXPIRED", INVALID, INVALID],
    ]


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_of_many_clients_with_one_token_one_is_logged_in(
    settings: dict[str, str], postbox: Postbox, database_url: str
):
    with serving("--workers", "2", **settings) as service:
        token = service.register()["continuation"]
        service.verify(postbox.code(ADDRESS))

        answers = at_once(service, "continue_login", [{"continuation": token}] * 20)

    assert kinds(answers) == {"LoginSuccess": 1, INVALID: 19}
    assert rows(database_url, "SELECT count(*) AS n FROM sessions") == [{"n": 1}]


def test_a_login_by_the_token_has_an_entry_of_its_own(
    service: Service, postbox: Postbox, database_url: str
):
    token = service.register()["continuation"]
    service.verify(postbox.code(ADDRESS))
    go_on(service, token)

    detail = "SELECT detail FROM audit_entries WHERE action = 'logged_in'"
    assert rows(database_url, detail) == [{"detail": "after the registration"}]
