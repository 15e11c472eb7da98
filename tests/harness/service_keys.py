"""Keys of services, which are in the database at once: a command takes its time."""

import json
from hashlib import sha256
from uuid import uuid4

from harness.database import rows


def insert_service_key(
    url: str, *scopes: str, name: str = "orders", key: str = "cxk_" + "k" * 43
) -> str:
    """The key of a service with this name."""
    rows(
        url,
        "INSERT INTO service_keys (id, name, key_hash, scopes, created_at, expires_at) VALUES "
        f"('{uuid4()}', '{name}', '{sha256(key.encode()).hexdigest()}', "
        f"'{json.dumps(scopes or ('introspect',))}', "
        "'2026-01-01 00:00:00+00:00', '2126-01-01 00:00:00+00:00')",
    )
    return key
