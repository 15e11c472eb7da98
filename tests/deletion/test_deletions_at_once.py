"""People who delete their accounts at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from harness.database import rows
from harness.deletions import request
from harness.locks import locked, until_a_statement_waits
from harness.postbox import Postbox
from harness.service import running

AT_ONCE = """
roles = ["customer"]
defaultRole = "customer"
verificationMethods = ["OTP"]
askInvitedBy = true
deletionDays = 0
"""


# SQLite lets nobody else write meanwhile.
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_two_who_have_invited_each_other_are_both_deleted(
    settings: dict[str, str], postbox: Postbox, tmp_path: Path, database_url: str
):
    policy = tmp_path / "at_once.toml"
    policy.write_text(AT_ONCE)
    people = ("ada@example.com", "bob@example.com")
    with running(**settings, POLICY=str(policy)) as service:
        tokens = []
        for email, other in (people, people[::-1]):
            service.register(email=email, invitedBy=other)
            service.verify(postbox.code(email), email)
            tokens.append(service.login(email)["accessToken"])
        named = rows(database_url, "SELECT invited_by FROM users ORDER BY email")
        assert [row["invited_by"] for row in named] == list(people[::-1])

        with ThreadPoolExecutor() as apart:
            with locked(database_url, "outgoing_mails"):
                deleting = [apart.submit(request, service, token) for token in tokens]
                until_a_statement_waits(database_url, count=2)
            answers = [each.result()["__typename"] for each in deleting]

    assert answers == ["AccountDeletionScheduled"] * 2
    assert rows(database_url, "SELECT id FROM users") == []
