"""The entries of the audit log, as operators search them."""

from dataclasses import dataclass
from datetime import datetime

from accounts.audit import Action
from accounts.keyring import Keyring
from models import AuditEntry


@dataclass(frozen=True)
class AuditFilter:
    """Search criteria. None matches any value."""

    address: str | None = None
    action: Action | None = None
    actor: str | None = None
    since: datetime | None = None


async def find(wanted: AuditFilter, *, limit: int, keys: Keyring) -> list[AuditEntry]:
    """Up to `limit` entries, newest first. An address is found under every key still in use."""
    entries = AuditEntry.all()
    if wanted.address is not None:
        entries = entries.filter(subject_hash__in=keys.address_hashes(wanted.address))
    if wanted.action is not None:
        entries = entries.filter(action=wanted.action)
    if wanted.actor is not None:
        entries = entries.filter(actor=wanted.actor)
    if wanted.since is not None:
        entries = entries.filter(at__gte=wanted.since)
    return await entries.order_by("-at", "-id").limit(limit)
