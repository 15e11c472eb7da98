"""Confirms a change of the address, from the new mailbox and where it is asked from the old one."""

from typing import TypeAlias

from accounts.client import Client
from accounts.email_change.change import ChangeEmailOutcome, change_if_confirmed
from accounts.environment import Environment
from accounts.sessions.current import Current, Unauthenticated, required_session
from accounts.verification.compare import CodeAttempt
from accounts.verification.link import ExpiredLink, LinkRefusal, ValidLink, find_link
from accounts.verification.redeem import CodeRefusal, TypedCode, redeem_code, redemption
from models import Purpose
from models.sql.email_consent import HalfProved, ProvedAddress, consent, prove_new
from models.sql.proof import use_code

ConfirmOutcome: TypeAlias = ChangeEmailOutcome | Unauthenticated | CodeRefusal
ConfirmByLinkOutcome: TypeAlias = ChangeEmailOutcome | LinkRefusal


async def confirm_email_change(
    *, token: str | None, otp: str, client: Client, env: Environment
) -> ConfirmOutcome:
    """Changes the address by the newest code that was mailed to the new one.

    If the old address has yet to agree, the address changes once it does.
    """
    current = await required_session(token=token, client=client, env=env)
    if not isinstance(current, Current):
        return current

    async def redeem(attempt: CodeAttempt) -> ChangeEmailOutcome | None:
        right = redemption(attempt, env=env)
        if right is None:
            return None

        async def confirm() -> ProvedAddress | HalfProved | None:
            if not await use_code(right, purpose=Purpose.EMAIL_CHANGE):
                return None
            return await prove_new(right.verification_id, user_id=right.user_id)

        return await change_if_confirmed(current.user, confirm, env=env)

    return await redeem_code(
        TypedCode(current.user.email, otp),
        purpose=Purpose.EMAIL_CHANGE,
        redeem=redeem,
        client=client,
        env=env,
    )


async def confirm_email_change_by_link(
    *, token: str, client: Client, env: Environment
) -> ConfirmByLinkOutcome:
    """Changes the address by the link that was mailed to the new one. No session is needed.

    Where the change needs both addresses, the link that was mailed to the old one is taken as well.
    The address changes with the second of them.
    """
    link = await find_link(token, purpose=_purpose(token, env=env), client=client, env=env)
    if not isinstance(link, ValidLink):
        return link

    async def confirm() -> ProvedAddress | HalfProved | None:
        if not await link.use(env=env):
            return None
        if link.purpose is Purpose.EMAIL_CONSENT:
            return await consent(link.verification_id, now=env.clock())
        return await prove_new(link.verification_id, user_id=link.user.id)

    outcome = await change_if_confirmed(link.user, confirm, env=env)
    return ExpiredLink() if outcome is None else outcome


def _purpose(token: str, *, env: Environment) -> Purpose:
    """Which address a token confirms: EMAIL_CONSENT for the old one, else EMAIL_CHANGE."""
    of_old = env.keys.read_link_token(token.strip(), purpose=Purpose.EMAIL_CONSENT)
    return Purpose.EMAIL_CHANGE if of_old is None else Purpose.EMAIL_CONSENT
