"""`register(dryRun: true)`: the server's rules for a form, and nothing else."""

from time import monotonic
from typing import Any

import pytest
from harness.database import create_tenant, dump
from harness.service import Clock, Service, running

# The rules look at the input alone, whatever the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

FINE = {
    "__typename": "RegisterDryRunSuccess",
    "message": "Everything is filled in correctly.",
    "didYouMean": None,
}


def dry_run(service: Service, **changed: Any) -> Any:
    given = {"name": "Ada Lovelace", "email": "ada@example.com", "password": "secure_password"}
    chosen = {key: value for key, value in {**given, **changed}.items() if value is not None}
    return service.run("register", input=chosen, dryRun=True)


def test_a_dry_run_stores_and_mails_nothing(service: Service, database_url: str):
    before = dump(database_url)

    assert dry_run(service) == FINE

    after = dump(database_url)
    assert [line for line in after.splitlines() if line not in before.splitlines()] == [
        line for line in after.splitlines() if "dry_run_client" in line
    ]


def test_a_dry_run_does_not_tell_whether_the_address_is_taken(service: Service):
    service.register()

    assert dry_run(service) == FINE == dry_run(service, email="grace@example.com")


def test_a_dry_run_tells_all_rejected_fields_of_the_input(service: Service):
    given = {"name": "", "email": "ada", "password": "short", "role": "king", "invitedBy": "x"}

    answer = dry_run(service, **given)

    assert answer["__typename"] == "InvalidInputError"
    assert answer == service.register(**given)
    assert [error["field"] for error in answer["errors"]] == list(given)


def test_a_dry_run_follows_the_policy_of_the_tenant(service: Service, database_url: str):
    church = create_tenant(database_url, "Grace Church", "church")
    given = {"name": None, "password": "grace7", "role": "pastor"}

    assert dry_run(service, **given, tenant=church) == FINE
    assert [error["field"] for error in dry_run(service, **given)["errors"]] == [
        "name",
        "password",
        "role",
    ]
    [missing] = dry_run(service, tenant="01a201b9-5435-76e5-b376-a31db06cb281")["errors"]
    assert (missing["__typename"], missing["field"]) == ("TenantNotFoundError", "tenant")


def test_a_dry_run_of_an_address_with_a_slip_tells_what_it_may_be(service: Service):
    assert dry_run(service, email="ada@gmial.com") == {**FINE, "didYouMean": "ada@gmail.com"}


def test_dry_runs_have_a_limit_of_their_own(settings: dict[str, str], clock: Clock):
    with running(clock, **settings, LIMIT_DRY_RUN_CLIENT="2/minute") as service:
        dry_run(service)
        clock.advance(seconds=20)
        # A rejected one counts as well.
        assert dry_run(service, email="x")["__typename"] == "InvalidInputError"
        refused = dry_run(service)

        assert (refused["__typename"], refused["retryAfterSeconds"]) == ("RateLimitedError", 40)
        assert service.register()["__typename"] == "RegisterSuccess"


def test_a_dry_run_hashes_nothing(settings: dict[str, str], clock: Clock):
    slow = {"ARGON2_MEMORY_KIB": "19456", "ARGON2_ITERATIONS": "20"}
    with running(clock, **{**settings, **slow}) as service:
        began = monotonic()
        service.register()
        registered = monotonic()
        for _ in range(20):
            assert dry_run(service) == FINE

        assert monotonic() - registered < 10 * (registered - began)  # 20 hashes would take 20 times
