"""Sets a new password by the code or the link of a mail."""

from dataclasses import dataclass
from typing import TypeAlias

from accounts import audit
from accounts.audit import Action, Event, Subject
from accounts.client import Client
from accounts.environment import Environment
from accounts.hashing.jobs import Queue
from accounts.new_password import check_new_password, hash_new_password
from accounts.notices import queue_notice
from accounts.problems import InvalidInput
from accounts.verification.compare import CodeAttempt
from accounts.verification.link import ExpiredLink, LinkRefusal, ValidLink, find_link
from accounts.verification.proof import Proof
from accounts.verification.redeem import CodeRefusal, TypedCode, redeem_code, redemption
from models import MailTemplate, Purpose, User
from models.sql import session
from models.sql.database import transaction
from models.sql.notify import notify
from models.sql.password import set_password
from models.sql.proof import use_code
from models.sql.select import read_user


@dataclass(frozen=True)
class PasswordReset:
    """The user has the new password, and a verified address. Nobody is logged in."""

    user: User
    ended_sessions: int


ResetOutcome: TypeAlias = PasswordReset | CodeRefusal
ResetByLinkOutcome: TypeAlias = PasswordReset | LinkRefusal


async def reset_password(
    *, code: TypedCode, new_password: str, client: Client, env: Environment
) -> ResetOutcome:
    """Sets the password if the code is the newest that was mailed to the address for a reset.

    The policy checks the password before the code is used up, and after the code was found right:
    the policy is that of the user's tenant, which a guesser must not learn.
    """
    env.hasher.admit(Queue.LOGIN)

    async def redeem(attempt: CodeAttempt) -> PasswordReset | InvalidInput | None:
        right = redemption(attempt, env=env)
        user = None if right is None else await read_user(right.user_id)
        if right is None or user is None:
            return None
        proof = Proof(user, "by code", lambda: use_code(right, purpose=Purpose.PASSWORD_RESET))
        return await _reset(proof, new_password, client=client, env=env)

    return await redeem_code(
        code, purpose=Purpose.PASSWORD_RESET, redeem=redeem, client=client, env=env
    )


async def reset_password_by_link(
    *, token: str, new_password: str, client: Client, env: Environment
) -> ResetByLinkOutcome:
    """Sets the password by any link that was mailed for a reset and is still valid."""
    env.hasher.admit(Queue.LOGIN)
    link = await find_link(token, purpose=Purpose.PASSWORD_RESET, client=client, env=env)
    if not isinstance(link, ValidLink):
        return link
    proof = Proof(link.user, "by link", lambda: link.use(env=env))
    outcome = await _reset(proof, new_password, client=client, env=env)
    return ExpiredLink() if outcome is None else outcome


async def _reset(
    proof: Proof, new_password: str, *, client: Client, env: Environment
) -> PasswordReset | InvalidInput | None:
    """Sets the password, verifies the address, and ends all sessions: all of it or nothing.

    None if the code or link can no longer be used.
    """
    user = proof.user
    invalid = await check_new_password(new_password, user=user, env=env)
    if invalid is not None:
        return invalid
    password_hash = await hash_new_password(new_password, client=client, env=env)
    now = env.clock()
    async with transaction():
        if not await proof.use():
            return None
        await set_password(user.id, password_hash, verifies=True, now=now)
        ended = await session.end_all(user.id, now=now)
        subject = Subject.address(user.email, env=env)
        event = Event(Action.PASSWORD_RESET, subject, at=now, detail=proof.detail)
        await audit.record(event)
        await queue_notice(MailTemplate.PASSWORD_CHANGED, user=user, env=env)
        if not user.is_verified:
            await notify(user.id)
        changed = await read_user(user.id)
    env.wake_mail_worker()
    if not user.is_verified:
        env.subscribers.notify(user.id)
    return None if changed is None else PasswordReset(changed, ended)
