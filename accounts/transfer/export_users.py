"""Exports users in the format that `accounts.transfer.import_users` reads."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from accounts import audit
from accounts.audit import Action, Event, Subject
from accounts.transfer.lines import to_line
from models import Tenant, User

_PAGE = 1_000
_COLUMNS = (
    "id",
    "name",
    "email",
    "role",
    "tenant_id",
    "is_verified",
    "created_at",
    "password_hash",
    "language",
    "invited_by",
    "profile",
    "disabled_at",
    "deletes_at",
)


class Export:
    """An export of one tenant's users, or of all users, which is read once."""

    def __init__(self, tenant: Tenant | None) -> None:
        self._tenant = tenant
        self.count = 0
        """The users on the pages so far."""

    async def pages(self) -> AsyncIterator[list[bytes]]:
        """Yields pages of lines in the order of registration.

        Each page starts after the last id of the page before. Any number of users fits into memory,
        and a user who exists during the whole export appears exactly once.
        """
        query = User.all() if self._tenant is None else User.filter(tenant_id=self._tenant.id)
        page = await query.order_by("id").limit(_PAGE).values(*_COLUMNS)
        while page:
            self.count += len(page)
            yield [to_line(row) for row in page]
            rest = query.filter(id__gt=page[-1]["id"])
            page = await rest.order_by("id").limit(_PAGE).values(*_COLUMNS)


@asynccontextmanager
async def export_users(
    *, tenant: Tenant | None = None, actor: str, clock: Callable[[], datetime]
) -> AsyncIterator[Export]:
    """Yields an export, of one tenant or of all users. At its end, the audit log has who got it."""
    export, is_whole = Export(tenant), False
    try:
        yield export
        is_whole = True
    finally:
        # Also if the export was interrupted: some users may be in a pipe already.
        whose = f"of tenant {tenant.id}" if tenant is not None else "of the deployment"
        detail = whose if is_whole else f"{whose}, interrupted"
        subject = Subject.users(export.count)
        event = Event(Action.USERS_EXPORTED, subject, at=clock(), actor=actor, detail=detail)
        await audit.record(event)
