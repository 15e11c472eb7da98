"""Kills the real server at random moments under load, and then looks for what is missing."""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import httpx
from harness.database import rows
from harness.polling import eventually
from harness.postbox import Postbox
from harness.postgres import free_port
from harness.processes import serving
from harness.registration_load import Load

from accounts.keyring import Keyring

_WHOLE = """
SELECT u.email FROM users u
JOIN email_verifications v ON v.user_id = u.id AND v.id = u.verification_id
JOIN outgoing_mails m ON m.verification_id = v.id AND m.recipient = u.email
"""


@dataclass(frozen=True)
class Aftermath:
    """What was left after the last crash; each of the first four has to be empty."""

    answered_but_not_stored: set[str]
    half_written: set[str]
    without_mail: set[str]
    not_audited: set[str]
    """Users without an entry in the audit table, and entries without a user."""
    registered: int


def crash(
    times: int,
    *,
    workers: int,
    settings: dict[str, str],
    postbox: Postbox,
    tell: Callable[[str], None] = lambda _: None,
) -> Aftermath:
    """Starts, loads and kills the server `times` times, then lets it deliver what waits."""
    port = free_port()
    hurried = {**settings, "RATE_LIMITS": "off", "MAIL_LEASE": "2"}
    arguments = ("--workers", str(workers))
    registered: set[str] = set()
    for number in range(times):
        with serving(*arguments, port=port, **hurried) as server:
            with Load(server.url, name=f"crash{number}x", patience=5) as load:
                moment = random.uniform(0.05, 1.0)
                eventually(lambda: load.seconds > moment and load.registered, "load")  # noqa: B023 - called at once
                server.kill()
            registered |= load.registered
        tell(f"crash {number + 1} of {times}: {len(registered)} registrations answered so far")

    url = settings["DATABASE_URL"]
    with serving(*arguments, port=port, **hurried):
        stored = {row["email"] for row in rows(url, "SELECT email FROM users")}
        with suppress(AssertionError, httpx.TransportError):
            eventually(lambda: stored <= {to for to, _ in postbox.mails}, "mails", patience=60)
    entries = rows(url, "SELECT subject_hash FROM audit_entries WHERE action = 'registered'")
    keys = Keyring([settings["SECRET_KEY"]])
    whole = {row["email"] for row in rows(url, _WHOLE)}
    return Aftermath(
        answered_but_not_stored=registered - stored,
        half_written=stored - whole,
        without_mail=stored - {to for to, _ in postbox.mails},
        not_audited={keys.address_hash(email) for email in stored}
        ^ {entry["subject_hash"] for entry in entries},
        registered=len(registered),
    )
