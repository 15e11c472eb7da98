"""The same statements for every address: the time of an answer tells nobody who registered."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from harness.database import rows
from harness.hourly_sweep import keep_from_sweeping, wait_until_nothing_runs
from harness.postgres import Cluster
from harness.service import Clock, Service, running

from accounts.keyring import Keyring

WAITING, VERIFIED, UNKNOWN = "waiting@example.com", "verified@example.com", "unknown@example.com"
CONCEALING = """
roles = ["buyer"]
defaultRole = "buyer"
verificationMethods = ["OTP"]
concealExistingAccounts = true
emailChangeConfirms = "BOTH"
"""
STATEMENT = re.compile(r"LOG:  (?:execute [^:]+|statement):\s+((?:(?!\n\d{4}-).)*)", re.DOTALL)

# PostgreSQL only: SQLite keeps no log of statements, and gets the same ones.
pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


@pytest.fixture
def service(
    settings: dict[str, str], database_url: str, cluster: Cluster, clock: Clock, tmp_path: Path
) -> Iterator[Service]:
    """One address waits, one is verified; nothing runs in the background; PostgreSQL logs all."""
    cluster.execute(f"ALTER DATABASE {database_url.rpartition('/')[2]} SET log_statement = 'all'")
    (tmp_path / "concealing.toml").write_text(CONCEALING)
    chosen = {"POLICY": str(tmp_path / "concealing.toml"), "DELIVERY": "off"}
    keep_from_sweeping(database_url)
    with running(clock, **settings, **chosen) as service:
        for address in (WAITING, VERIFIED, "warm@example.com", "eve@example.com"):
            service.register(email=address)
        verified = f"('{VERIFIED}', 'eve@example.com')"
        rows(database_url, f"UPDATE users SET is_verified = TRUE WHERE email IN {verified}")
        clock.advance(minutes=1)
        wait_until_nothing_runs(database_url)
        yield service


def statements(log: str) -> list[str]:
    """What was asked of the database, but for what the connection pool does on its own."""
    every = (" ".join(statement.split()) for statement in STATEMENT.findall(log))
    return [statement for statement in every if not statement.startswith("SELECT pg_")]


def request_email_change(service: Service, address: str) -> Any:
    """Eve, who is logged in, wants the address."""
    eve = service.login("eve@example.com")["accessToken"]
    service.clock.advance(minutes=1)
    given = {"newEmail": address, "password": "secure_password"}
    return service.run("request_email_change", token=eve, input=given)


ASKED: dict[str, Callable[[Service, str], Any]] = {
    "register": lambda service, address: service.register(email=address),
    "resend": lambda service, address: service.resend(address),
    "verify": lambda service, address: service.verify("000000", address),
    "request_reset": lambda service, address: service.request_reset(address),
    "reset": lambda service, address: service.reset("000000", address),
    "request_email_change": request_email_change,
    "login": lambda service, address: service.login(address, "wrong_password"),
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_every_address_is_answered_alike_by_the_same_statements(
    service: Service, cluster: Cluster, ask: Callable[[Service, str], Any]
):
    ask(service, "warm@example.com")
    answers, logged = [], []
    for address in (UNKNOWN, WAITING, VERIFIED):
        before = len(cluster.log())
        answers.append(ask(service, address)["__typename"])
        logged.append(statements(cluster.log()[before:]))

    assert len(set(answers)) == 1
    assert len(logged[0]) >= 2
    assert logged[0] == logged[1] == logged[2]


def test_every_genuine_link_is_answered_alike_by_the_same_statements(
    service: Service, cluster: Cluster, database_url: str, settings: dict[str, str]
):
    keys = Keyring([settings["SECRET_KEY"]])
    owned = "SELECT proof.id, proof.key_id, users.email FROM email_verifications proof"
    proofs = rows(database_url, f"{owned} JOIN users ON users.id = proof.user_id")
    tokens = {
        proof["email"]: keys.link_token(proof["id"], key_id=proof["key_id"]) for proof in proofs
    }
    of_nobody = keys.link_token(uuid4(), key_id=keys.newest)
    service.resend_by_link(tokens["warm@example.com"])
    answers, logged = [], []
    for token in (of_nobody, tokens[WAITING], tokens[VERIFIED]):
        before = len(cluster.log())
        answers.append(service.resend_by_link(token))
        logged.append(statements(cluster.log()[before:]))

    assert answers[0]["__typename"] == "ResendVerificationSuccess"
    assert answers[0] == answers[1] == answers[2]
    assert len(logged[0]) >= 3
    assert logged[0] == logged[1] == logged[2]
