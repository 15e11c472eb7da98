"""Cancels a change of the address that has not been confirmed."""

from dataclasses import dataclass
from typing import TypeAlias

from accounts import audit
from accounts.addresses import masked
from accounts.audit import Action, Event, Subject
from accounts.client import Client
from accounts.environment import Environment
from accounts.limits.rules import RateLimited
from accounts.sessions.current import Current, Unauthenticated, required_session
from models.sql.database import transaction
from models.sql.email import end_changes, set_pending


@dataclass(frozen=True)
class EmailChangeCancelled:
    """No change is pending, whether or not one was."""


CancelEmailChangeOutcome: TypeAlias = EmailChangeCancelled | Unauthenticated | RateLimited


async def cancel_email_change(
    *, token: str | None, client: Client, env: Environment
) -> CancelEmailChangeOutcome:
    """Ends the codes and links of a change that is pending."""
    current = await required_session(token=token, client=client, env=env)
    if not isinstance(current, Current):
        return current
    async with transaction():
        await set_pending(current.user.id, None)
        ended = await end_changes(current.user.id)
        subject = Subject.address(current.user.email, env=env)
        pending = [masked(address) for address in ended if address != current.user.email]
        detail = f"to {pending[0]}" if pending else "none was pending"
        event = Event(Action.EMAIL_CHANGE_CANCELLED, subject, at=env.clock(), detail=detail)
        await audit.record(event)
    return EmailChangeCancelled()
