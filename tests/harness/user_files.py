"""A user base of another system, as `connectx users import` takes it."""

import json
from pathlib import Path
from typing import Any

import bcrypt
from harness.database import rows

PASSWORD = "correct horse battery"
BCRYPT = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()


def person(**changed: Any) -> dict[str, Any]:
    """Ada as another system knew her, with what a test wants otherwise; ... leaves a field out."""
    given = {
        "name": "Ada Lovelace",
        "email": "ada@example.com",
        "role": "customer",
        "tenant": None,
        "verified": True,
        "created": "2020-02-29T12:30:00.5+01:00",
        "passwordHash": BCRYPT,
    }
    return {key: value for key, value in {**given, **changed}.items() if value is not ...}


def lines(path: Path, *people: dict[str, Any] | bytes) -> str:
    """A file of them, one a line; bytes are a line as it is."""
    path.write_bytes(
        b"".join(
            one + b"\n" if isinstance(one, bytes) else json.dumps(one).encode() + b"\n"
            for one in people
        )
    )
    return str(path)


def stored_hash(url: str, email: str = "ada@example.com") -> str:
    [user] = rows(url, f"SELECT password_hash FROM users WHERE email = '{email}'")
    return user["password_hash"]
