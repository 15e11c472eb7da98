"""Opens a session for a user who has proved who they are."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from accounts import audit
from accounts.audit import Action, Event, Subject
from accounts.client import Client
from accounts.environment import Environment
from accounts.notices import queue_notice
from accounts.sessions.lifetime import ends_of
from accounts.sessions.token import hash_of_token
from accounts.tenants import product_of
from models import MailTemplate, Session, User
from models.sql.database import transaction
from models.sql.insert import insert_together
from models.sql.known_client import add_client
from models.sql.lock import lock_user

_TOKEN_BYTES = 32
"""256 bits, so that a token cannot be found from its SHA-256, the only part that is stored."""

_UNKNOWN = ""
"""The label of clients whose browser and system are unknown."""


@dataclass(frozen=True)
class Opened:
    """A new session: its token, and when it ends at the latest."""

    token: str = field(repr=False)
    ends_at: datetime


async def open_session(user: User, *, client: Client, env: Environment) -> Opened | None:
    """Opens a session after a login by password.

    None if the user may not log in any more: the account is gone, disabled or about to be deleted,
    or the password is not the one that was verified. So no login outlives a change of the password.
    """
    async with transaction():
        # The lock waits for a change of the password that is not committed yet. Either the change
        # ends this session, or the session is not opened.
        if not await lock_user(user):
            return None
        opened = await open_in_transaction(user, client=client, detail="by password", env=env)
    if product_of(user.tenant, env=env).policy.notice_new_logins:
        env.wake_mail_worker()
    return opened


async def open_in_transaction(
    user: User, *, client: Client, detail: str, env: Environment
) -> Opened:
    """Opens a session in the caller's transaction, which has locked the user.

    `detail` is for the audit log. If the policy says so, it queues a notice of a kind of client
    that the user has not logged in by.
    """
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    now = env.clock()
    expires_at, ends_at = ends_of(user, now=now, env=env)
    session = Session.construct(
        user_id=user.id,
        token_hash=hash_of_token(token),
        created_at=now,
        expires_at=expires_at,
        ends_at=ends_at,
        client=client.label(),
    )
    event = Event(Action.LOGGED_IN, Subject.address(user.email, env=env), at=now, detail=detail)
    await insert_together(session, audit.entry(event))
    if product_of(user.tenant, env=env).policy.notice_new_logins:
        label = client.label()
        if await add_client(user.id, label or _UNKNOWN, now=now):
            await queue_notice(MailTemplate.NEW_LOGIN, user=user, client=label, env=env)
    return Opened(token, ends_at)
