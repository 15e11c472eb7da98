"""An update from release 0.1 keeps everybody, their codes, links, sessions and mails."""

import asyncio
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from harness.database import rows
from harness.migrations import migrate
from harness.postbox import Postbox
from harness.postgres import Cluster
from harness.service import running
from harness.settings import SECRET_KEY

MIGRATIONS = 2
"""Of release 0.1."""

SESSION = "a" * 43
PENDING = "01a201b9-5435-76e5-b376-a31db06cb281"
CODE = "403335"
LINK = "AaIBuVQ1duWzdqMdsGyygabUMAM8pMX0aXk2O-uLKuW7O6GsT3P-lgmUk2JDfakF"
"""What release 0.1 mailed for this verification with `SECRET_KEY`."""

HASH = (
    "$argon2id$v=19$m=8,t=1,p=1$KglGg0Hs4Jt59MDlNOY/Uw$p3YXzf/GTRBl2RNTsLaaIuOiywjZZck+kNCW+SkozZc"
)
ADA = "01a201b9-0000-7000-8000-000000000001"
GRACE = "01a201b9-0000-7000-8000-000000000002"
BEFORE = "2026-01-02 03:00:00+00:00"
LATER = "2026-01-02 03:10:00+00:00"
NEXT_DAY = "2026-01-03 03:00:00+00:00"


@pytest.fixture(params=["sqlite", "postgres"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with the schema of release 0.1."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    if request.param == "sqlite":
        url = f"sqlite://{tmp_path}/connectx.sqlite3"
        asyncio.run(migrate(url, versions=MIGRATIONS, folder=folder))
        yield url
    else:
        cluster: Cluster = request.getfixturevalue("cluster")
        url = cluster.new_database()
        asyncio.run(migrate(url, versions=MIGRATIONS, folder=folder))
        yield url
        cluster.drop(url)


def fill(url: str) -> None:
    """Ada is verified and logged in. Grace has registered, and her mail has not left yet."""
    for table, row in (
        ("users", user(ADA, "ada", verified=True)),
        ("users", {**user(GRACE, "grace", verified=False), "verification_id": PENDING}),
        (
            "sessions",
            {
                "id": ADA,
                "user_id": ADA,
                "token_hash": sha256(SESSION.encode()).hexdigest(),
                "created_at": BEFORE,
                "expires_at": "2026-02-01 03:00:00+00:00",
            },
        ),
        (
            "email_verifications",
            {
                "id": PENDING,
                "user_id": GRACE,
                "key_id": "58133b6fe1346420",
                "otp_expires_at": LATER,
                "link_expires_at": NEXT_DAY,
                "expires_at": NEXT_DAY,
                "created_at": BEFORE,
            },
        ),
        (
            "outgoing_mails",
            {
                "id": GRACE,
                "letter": "verification",
                "recipient": "grace@example.com",
                "data": '{"product": "ConnectX", "tenant": null, "language": null}',
                "verification_id": PENDING,
                "state": "queued",
                "due_at": BEFORE,
                "attempts": "0",
                "created_at": BEFORE,
            },
        ),
    ):
        values = ", ".join(f"'{value}'" for value in row.values())
        rows(url, f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values})")


def user(id: str, name: str, *, verified: bool) -> dict[str, str]:
    return {
        "id": id,
        "email": f"{name}@example.com",
        "name": name.title(),
        "password_hash": HASH,
        "role": "customer",
        "is_verified": "1" if verified else "0",
        "is_profile_complete": "0",
        "held_until": LATER,
        "created_at": BEFORE,
        "updated_at": BEFORE,
    }


@pytest.mark.parametrize("way", ["code", "link"])
def test_everybody_goes_on_as_before(old: str, postbox: Postbox, tmp_path: Path, way: str):
    fill(old)
    asyncio.run(migrate(old))
    settings = {"DATABASE_URL": old, "DATA_DIR": str(tmp_path), "SECRET_KEY": SECRET_KEY}

    with running(**settings, SMTP_URL=postbox.url) as service:
        viewer = service.viewer(SESSION)
        assert (viewer["id"], viewer["email"]) == (ADA, "ada@example.com")
        assert [each["current"] for each in service.sessions(SESSION)] == [True]
        assert service.login()["user"]["id"] == ADA

        assert service.login("grace@example.com")["__typename"] == "EmailNotVerifiedError"
        assert postbox.code("grace@example.com") == CODE
        if way == "code":
            verified = service.verify(CODE, "grace@example.com")
        else:
            verified = service.verify_by_link(LINK)
        assert (verified["__typename"], verified["user"]["id"]) == ("VerifyEmailSuccess", GRACE)
        assert service.login("grace@example.com")["user"]["id"] == GRACE
        assert service.logout(SESSION)["__typename"] == "LogoutSuccess"
