"""Verifies an address together with the first password of its account.

Under a policy whose `password_at` is VERIFICATION, a registration has no password: only who reads
the mail sets one.
"""

from accounts import audit
from accounts.audit import Action, Event, Subject
from accounts.client import Client
from accounts.environment import Environment
from accounts.new_password import check_new_password, hash_new_password
from accounts.problems import InvalidInput, PasswordNotExpected, PasswordRequired
from accounts.verification.mark_verified import Verified
from accounts.verification.proof import Proof
from models import NO_PASSWORD, User
from models.sql.database import transaction
from models.sql.notify import notify
from models.sql.password import set_first_password
from models.sql.select import read_user

FIELD = "password"


def needs_password(user: User) -> bool:
    """Whether the verification of the user's address has to bring a password."""
    return not user.is_verified and user.password_hash == NO_PASSWORD


async def verify_with_password(
    proof: Proof, password: str | None, *, client: Client, env: Environment
) -> Verified | InvalidInput | None:
    """Verifies the user and sets the password: both or nothing. None if the proof is of no use.

    The policy checks the password before the proof is used up. If the user is verified already, the
    password stays as it is, so that the same request can be sent twice.
    """
    user = proof.user
    if user.is_verified:
        return Verified(user)
    if not needs_password(user):
        return InvalidInput((PasswordNotExpected(),))
    if password is None:
        return InvalidInput((PasswordRequired(),))
    invalid = await check_new_password(password, user=user, field=FIELD, env=env)
    if invalid is not None:
        return invalid
    password_hash = await hash_new_password(password, client=client, env=env)
    now = env.clock()
    async with transaction():
        if not await proof.use():
            return None
        if await set_first_password(user.id, password_hash, now=now):
            subject = Subject.address(user.email, env=env)
            await audit.record(Event(Action.VERIFIED, subject, at=now, detail=proof.detail))
            await notify(user.id)
        verified = await read_user(user.id)
    env.subscribers.notify(user.id)
    return Verified(verified) if verified is not None and verified.is_verified else None
