"""Verifies an address with the code from its mail."""

from contextlib import nullcontext
from typing import TypeAlias

from accounts import audit
from accounts.audit import Action, Event, Subject
from accounts.client import Client
from accounts.environment import Environment
from accounts.limits.rules import RateLimited
from accounts.problems import InvalidInput, PasswordRequired
from accounts.verification import attempts
from accounts.verification.compare import CodeAttempt
from accounts.verification.first_password import needs_password, verify_with_password
from accounts.verification.mark_verified import Verified
from accounts.verification.proof import Proof
from accounts.verification.redeem import CodeRefusal, TypedCode, redeem_code, redemption
from models import Purpose, User
from models.sql import verification
from models.sql.database import one_connection
from models.sql.proof import use_code
from models.sql.select import read_user
from models.sql.verification import Redemption

VerifyOutcome: TypeAlias = Verified | CodeRefusal


async def verify_by_code(
    *, code: TypedCode, password: str | None = None, client: Client, env: Environment
) -> VerifyOutcome:
    """Verifies the address if the code is the newest one that was mailed to it for that.

    An account without a password needs one (accounts.verification.first_password).
    """

    async def verify(attempt: CodeAttempt) -> Verified | InvalidInput | RateLimited | None:
        if password is None:
            return await _verify(attempt, env=env)
        return await _verify_with_password(attempt, password, client=client, env=env)

    # No connection is held while a password is hashed.
    async with one_connection() if password is None else nullcontext():
        return await redeem_code(
            code, purpose=Purpose.REGISTRATION, redeem=verify, client=client, env=env
        )


async def _verify_with_password(
    attempt: CodeAttempt, password: str, *, client: Client, env: Environment
) -> Verified | InvalidInput | RateLimited | None:
    right = redemption(attempt, env=env)
    user = await _user_of(right, attempt, env=env)
    if right is None or user is None:
        return None
    proof = Proof(user, "by code", lambda: use_code(right, purpose=Purpose.REGISTRATION))
    return await verify_with_password(proof, password, client=client, env=env)


async def _user_of(
    right: Redemption | None, attempt: CodeAttempt, *, env: Environment
) -> User | None:
    """The user of a right code; None if no attempts are left.

    Any other answer would tell whoever guesses that the code was right.
    """
    if right is None or await attempts.obstacle(attempt.keys, env=env) is not None:
        return None
    return await read_user(right.user_id)


async def _verify(attempt: CodeAttempt, *, env: Environment) -> Verified | InvalidInput | None:
    """Verifies the user of a right code; None if it can no longer be redeemed."""
    right = redemption(attempt, env=env)
    if right is None:
        return None
    subject = Subject.address(attempt.target.address, env=env)
    entry = audit.insert_statement(Event(Action.VERIFIED, subject, at=right.now, detail="by code"))
    redeemed = await verification.verify_by_code(right, entry)
    if redeemed is None:
        user = await _user_of(right, attempt, env=env)
        is_missing = user is not None and needs_password(user)
        return InvalidInput((PasswordRequired(),)) if is_missing else None
    if redeemed.newly:
        env.subscribers.notify(redeemed.user.id)
    return Verified(redeemed.user)
