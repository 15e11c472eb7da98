"""Verifies an address together with the first password of its account.

Under a policy whose `password_at` is VERIFICATION, a registration has no password: only who reads
the mail sets one.
"""

from accounts import audit
from accounts.audit import Action, Event, Subject
from accounts.client import Client
from accounts.environment import Environment
from accounts.limits.rules import RateLimited
from accounts.login.confirm_password import WrongPassword, confirm_password
from accounts.new_password import check_new_password, hash_new_password
from accounts.problems import InvalidInput, PasswordNotExpected, PasswordRequired
from accounts.verification.mark_verified import Verified
from accounts.verification.proof import Proof
from languages.text import Text
from models import NO_PASSWORD, User
from models.sql.database import transaction
from models.sql.notify import notify
from models.sql.password import set_first_password
from models.sql.select import read_user

FIELD = "password"
_DETAIL = "wrong password of a verification that came again"
_VERIFIED_BEFORE = Text("This address is verified already. Log in with your password, or reset it.")


def needs_password(user: User) -> bool:
    """Whether the verification of the user's address has to bring a password."""
    return not user.is_verified and user.password_hash == NO_PASSWORD


async def verify_with_password(
    proof: Proof, password: str | None, *, client: Client, env: Environment
) -> Verified | InvalidInput | RateLimited | None:
    """Verifies the user and sets the password: both or nothing. None if the proof is of no use.

    The policy checks the password before the proof is used up. The same request can be sent twice.
    """
    user = proof.user
    if user.is_verified:
        return await _verified_before(user, password, client=client, env=env)
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
        is_first = await set_first_password(user.id, password_hash, now=now)
        if is_first:
            subject = Subject.address(user.email, env=env)
            await audit.record(Event(Action.VERIFIED, subject, at=now, detail=proof.detail))
            await notify(user.id)
        verified = await read_user(user.id)
    if verified is None or not verified.is_verified:
        return None
    if not is_first:
        return await _verified_before(verified, password, client=client, env=env)
    env.subscribers.notify(user.id)
    return Verified(verified)


async def _verified_before(
    user: User, password: str | None, *, client: Client, env: Environment
) -> Verified | InvalidInput | RateLimited:
    """The answer for a user who is verified already, and whose password stays as it is.

    Another password is refused: it would not log in, though the answer was a success. It counts as
    a failed login, so that a code or a link is no way to try passwords.
    """
    if password is None:
        return Verified(user)
    refused = await confirm_password(password, user=user, detail=_DETAIL, client=client, env=env)
    if refused is None:
        return Verified(user)
    if isinstance(refused, WrongPassword):
        return InvalidInput((PasswordNotExpected(_VERIFIED_BEFORE),))
    return refused
