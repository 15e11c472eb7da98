"""`verificationStatus`: how a verification stands, for whoever has its handle."""

from pathlib import Path

import pytest
from harness.database import rows
from harness.postbox import Postbox
from harness.service import Clock, Service, running

ADDRESS = "ada@example.com"
CONCEALING = """
roles = ["buyer"]
defaultRole = "buyer"
verificationMethods = ["OTP", "LINK"]
concealExistingAccounts = true
"""


def status(service: Service, handle: str) -> str | None:
    return service.run("get_verification_status", id=handle)


def test_a_verification_is_pending_until_it_is_verified(service: Service, postbox: Postbox):
    handle = service.register()["verification"]["id"]

    before = status(service, handle)
    service.verify(postbox.code(ADDRESS))

    assert (before, status(service, handle)) == ("PENDING", "VERIFIED")


def test_a_verification_expires_with_its_code(service: Service, clock: Clock):
    handle = service.register()["verification"]["id"]

    clock.advance(minutes=10, microseconds=-1)
    before = status(service, handle)
    clock.advance(microseconds=1)

    assert (before, status(service, handle)) == ("PENDING", "EXPIRED")


def test_a_verification_is_pending_as_long_as_a_later_code_runs(
    service: Service, postbox: Postbox, clock: Clock
):
    handle = service.register()["verification"]["id"]
    clock.advance(minutes=9)
    service.resend()
    clock.advance(minutes=2)
    before = status(service, handle)

    service.verify(postbox.code(ADDRESS, count=2))

    assert (before, status(service, handle)) == ("PENDING", "VERIFIED")


def test_a_verification_expires_with_the_last_code(service: Service, clock: Clock):
    handle = service.register()["verification"]["id"]
    clock.advance(minutes=9)
    service.resend()
    clock.advance(minutes=10, microseconds=-1)
    before = status(service, handle)
    clock.advance(microseconds=1)

    assert (before, status(service, handle)) == ("PENDING", "EXPIRED")


def test_a_code_that_came_after_the_first_had_expired_verifies_it_as_well(
    service: Service, postbox: Postbox, clock: Clock
):
    handle = service.register()["verification"]["id"]
    clock.advance(minutes=11)
    before = status(service, handle)
    service.resend()
    meanwhile = status(service, handle)

    service.verify(postbox.code(ADDRESS, count=2))

    seen = (before, meanwhile, status(service, handle))
    assert seen == ("EXPIRED", "PENDING", "VERIFIED")


@pytest.mark.parametrize(
    "handle",
    ["", "x", "019b7e00-0000-7000-8000-000000000000", "'; DROP TABLE users; --", "9" * 1000, "\0"],
)
def test_an_unknown_handle_has_no_status(service: Service, handle: str):
    assert status(service, handle) is None


def test_a_users_id_is_no_handle(service: Service):
    user = service.register()["user"]["id"]

    assert status(service, user) is None


def test_a_concealed_account_looks_like_one_that_nobody_verifies(
    settings: dict[str, str], postbox: Postbox, clock: Clock, tmp_path: Path, database_url: str
):
    (tmp_path / "concealing.toml").write_text(CONCEALING)
    policy = {"POLICY": str(tmp_path / "concealing.toml")}
    with running(clock, **settings, **policy) as service:
        service.register()
        service.verify(postbox.code(ADDRESS))
        clock.advance(minutes=1)
        handles = [
            service.register(email=address)["verification"]["id"]
            for address in (ADDRESS, "new@example.com")
        ]
        seen = []
        for hours in (0, 23, 1, 1):
            clock.advance(hours=hours)
            seen.append([status(service, handle) for handle in handles])

    decoys = rows(database_url, "SELECT id FROM email_verifications WHERE user_id IS NULL")
    assert [str(row["id"]) for row in decoys] == handles[:1]
    assert seen == [["PENDING"] * 2, ["PENDING"] * 2, ["EXPIRED"] * 2, ["EXPIRED"] * 2]
