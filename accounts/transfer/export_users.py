"""Exports users in the format that `accounts.transfer.import_users` reads."""

from collections.abc import AsyncIterator

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
)


async def export_users(*, tenant: Tenant | None = None) -> AsyncIterator[list[bytes]]:
    """Yields pages of lines in the order of registration, of one tenant or of all users.

    Each page starts after the last id of the page before. Any number of users fits into memory, and
    a user who exists during the whole export appears exactly once.
    """
    query = User.all() if tenant is None else User.filter(tenant_id=tenant.id)
    page = await query.order_by("id").limit(_PAGE).values(*_COLUMNS)
    while page:
        yield [to_line(row) for row in page]
        page = (
            await query.filter(id__gt=page[-1]["id"]).order_by("id").limit(_PAGE).values(*_COLUMNS)
        )
