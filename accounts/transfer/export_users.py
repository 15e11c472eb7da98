"""Gives out the people in the format that `accounts.transfer.import_users` takes."""

from collections.abc import AsyncIterator

from accounts.transfer.lines import written
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
)


async def export_users(*, tenant: Tenant | None = None) -> AsyncIterator[list[bytes]]:
    """Pages of lines, in the order of registration; of one tenant, or of all and of none.

    Each page is read after the last one's end, so any number fits into memory, and nobody who is
    there all the time is left out or comes twice.
    """
    query = User.all() if tenant is None else User.filter(tenant_id=tenant.id)
    page = await query.order_by("id").limit(_PAGE).values(*_COLUMNS)
    while page:
        yield [written(row) for row in page]
        page = (
            await query.filter(id__gt=page[-1]["id"]).order_by("id").limit(_PAGE).values(*_COLUMNS)
        )
