"""A tenant's letterhead: the display name, sender name and reply-to address of its mails."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeAlias

from tortoise.transactions import in_transaction

from accounts import audit
from accounts.addresses import MalformedAddressError, canonical, masked
from accounts.audit import Action, Event, Subject
from accounts.problems import InvalidEmail, InvalidName, TenantNotFound
from accounts.registration.input import checked_name
from models import Tenant


@dataclass(frozen=True)
class Letterhead:
    """None means the default: the tenant's name, the deployment's sender, no reply-to address."""

    display_name: str | None = None
    sender_name: str | None = None
    reply_to: str | None = field(default=None, repr=False)


InvalidLetterhead: TypeAlias = InvalidName | InvalidEmail


def checked_letterhead(typed: Letterhead) -> Letterhead | InvalidLetterhead:
    """The letterhead as it is stored, or the first field that is not valid in a mail.

    A blank field counts as not given.
    """
    display_name = _name(typed.display_name, label="Display name", field="displayName")
    if isinstance(display_name, InvalidName):
        return display_name
    sender_name = _name(typed.sender_name, label="Sender name", field="senderName")
    if isinstance(sender_name, InvalidName):
        return sender_name
    reply_to = _reply_to(typed.reply_to)
    if isinstance(reply_to, InvalidEmail):
        return reply_to
    return Letterhead(display_name, sender_name, reply_to)


async def change(
    *, tenant: Tenant, typed: Letterhead, actor: str, now: datetime
) -> InvalidLetterhead | TenantNotFound | None:
    """Stores the fields that are given and keeps those that are None. Blank text clears a field.

    Queued mails are sent with the new letterhead.
    """
    letterhead = checked_letterhead(typed)
    if not isinstance(letterhead, Letterhead):
        return letterhead
    # No other field is written: another operator may be changing it.
    given = {name for name, value in vars(typed).items() if value is not None}
    changes = {name: value for name, value in vars(letterhead).items() if name in given}
    async with in_transaction():
        if not await Tenant.filter(id=tenant.id).update(**changes):
            return TenantNotFound()
        event = Event(Action.LETTERHEAD_SET, Subject(str(tenant.id)), at=now, actor=actor)
        await audit.record(replace(event, detail=_detail(typed, letterhead)))
    return None


def _detail(typed: Letterhead, stored: Letterhead) -> str:
    """What was set, for the audit, with a masked address."""
    replies = stored.reply_to and masked(stored.reply_to)
    values = (
        ("display name", typed.display_name, stored.display_name),
        ("sender name", typed.sender_name, stored.sender_name),
        ("reply-to", typed.reply_to, replies),
    )
    return "; ".join(
        f"{label}: {value or 'none'}" for label, given, value in values if given is not None
    )


def _name(typed: str | None, *, label: str, field: str) -> str | InvalidName | None:
    name = checked_name(typed, required=False)
    if isinstance(name, InvalidName):
        return InvalidName(name.message.replace("Name", label, 1), field=field)
    return name


def _reply_to(typed: str | None) -> str | InvalidEmail | None:
    if not (typed or "").strip():
        return None
    try:
        address = canonical(typed or "")
    except MalformedAddressError as error:
        return InvalidEmail(f"Reply-to: {error}", field="replyTo")
    # The recipient's server may not support other headers (RFC 6532).
    if not address.isascii():
        return InvalidEmail("Reply-to must be an address in ASCII", field="replyTo")
    return address
