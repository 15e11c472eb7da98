"""Verifies an address with the code from its mail."""

from dataclasses import dataclass
from typing import TypeAlias

from accounts import audit
from accounts.audit import Action, Event, Subject
from accounts.client import Client
from accounts.environment import Environment
from accounts.verification.guess import Guess
from accounts.verification.redeem import CodeRefusal, TypedCode, redeem_code, redemption
from models import Purpose, User
from models.sql import verification
from models.sql.database import one_session


@dataclass(frozen=True)
class Verified:
    user: User


VerifyOutcome: TypeAlias = Verified | CodeRefusal


async def verify_by_code(
    *, email: str, otp: str, client: Client, env: Environment
) -> VerifyOutcome:
    """Verifies the address if the code is the newest one that was mailed to it for that."""

    async def verify(guess: Guess) -> Verified | None:
        return await _verify(guess, env=env)

    async with one_session():
        return await redeem_code(
            TypedCode(email, otp),
            purpose=Purpose.REGISTRATION,
            redeem=verify,
            client=client,
            env=env,
        )


async def _verify(guess: Guess, *, env: Environment) -> Verified | None:
    """Verifies the user of a right code; None if it can no longer be redeemed."""
    right = redemption(guess, env=env)
    if right is None:
        return None
    subject = Subject.address(guess.target.address, keys=env.keys)
    entry = audit.inserting(Event(Action.VERIFIED, subject, at=right.now, detail="by code"))
    redeemed = await verification.redeem_code(right, entry)
    if redeemed is None:
        return None
    if redeemed.newly:
        env.subscribers.notify(redeemed.user.id)
    return Verified(redeemed.user)
