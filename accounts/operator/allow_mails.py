"""Lets an address get mails again that somebody has disowned, or that has had too many."""

from accounts import audit
from accounts.audit import Action, Event, Subject
from accounts.environment import Environment
from accounts.registration.disown import allow_mails, gets_no_mails


async def allow_mails_by_operator(*, address: str, actor: str, env: Environment) -> bool:
    """Lets the address get mails again. Returns whether they were held back.

    A registration stays that somebody has made meanwhile: it may be the person's own.
    """
    held_back = await gets_no_mails(address, env=env)
    # Also if they were not: somebody may disown the address at the same moment.
    await allow_mails(address, env=env)
    if held_back:
        subject = Subject.address(address, env=env)
        event = Event(Action.MAILS_ALLOWED, subject, at=env.clock(), actor=actor)
        await audit.record(event)
    return held_back
