"""The people who registered, as an operator sees and changes them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from tortoise.expressions import Q
from tortoise.transactions import in_transaction

from accounts import audit
from accounts.addresses import canonical
from accounts.audit import Action, Event, Subject
from accounts.environment import Environment
from accounts.keyring import AttemptKeys
from accounts.tenants import product_of
from accounts.verification import attempts
from accounts.verification.attempts import AccountIsLocked, CodeIsClosed, CodeIsUsedUp
from models import EmailVerification, OutgoingMail, Session, User
from models.sql.database import fetch

_MAILS = 10


@dataclass(frozen=True)
class UserFilter:
    """Which users are looked for; None stands for any."""

    tenant: UUID | None = None
    role: str | None = None
    is_verified: bool | None = None
    text: str | None = field(default=None, repr=False)
    """A part of the address or of the name, in upper or lower case."""


@dataclass(frozen=True)
class UserDetails:
    """What there is to know of a user. It has no code, no token and no hash."""

    user: User
    verification: EmailVerification | None
    obstacle: AccountIsLocked | CodeIsClosed | CodeIsUsedUp | None
    """What keeps even the right code from being accepted."""
    sessions: int
    mails: Sequence[OutgoingMail]
    """The newest ones, newest first."""


@dataclass(frozen=True)
class RoleSet:
    user: User
    before: str


@dataclass(frozen=True)
class RoleUnchanged:
    user: User


@dataclass(frozen=True)
class RoleNotInPolicy:
    policy: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class IsGone:
    """The account has been deleted or replaced in the meantime."""


async def find(named: str) -> User | None:
    """The user with this email address or id, with their tenant.

    Raises ValueError, with a sentence, for what is neither.
    """
    if "@" in named:
        return await _one(email=canonical(named))
    try:
        user_id = UUID(named)
    except ValueError:
        raise ValueError(f"{named!r} is neither an email address nor an id") from None
    return await _one(id=user_id)


async def search(wanted: UserFilter, *, limit: int) -> list[User]:
    """Up to `limit` users, the newest first."""
    users = User.all()
    if wanted.tenant is not None:
        users = users.filter(tenant_id=wanted.tenant)
    if wanted.role is not None:
        users = users.filter(role=wanted.role.strip().lower())
    if wanted.is_verified is not None:
        users = users.filter(is_verified=wanted.is_verified)
    if wanted.text is not None:
        users = users.filter(Q(email__icontains=wanted.text) | Q(name__icontains=wanted.text))
    return await users.order_by("-id").limit(limit)


async def describe(*, user: User, env: Environment) -> UserDetails:
    address_hash = env.keys.address_hash(user.email)
    keys = AttemptKeys.of(address_hash, verification_id=user.verification_id)
    mails = OutgoingMail.filter(verification__user_id=user.id)
    return UserDetails(
        user=user,
        verification=await EmailVerification.get_or_none(id=user.verification_id),
        obstacle=await attempts.obstacle(keys, env=env),
        sessions=await Session.filter(user_id=user.id, expires_at__gt=env.clock()).count(),
        mails=await mails.order_by("-id").limit(_MAILS),
    )


async def unlock(*, user: User, actor: str, env: Environment) -> None:
    """Has the user's codes and guesses counted anew, from none."""
    address_hash = env.keys.address_hash(user.email)
    keys = AttemptKeys.of(address_hash, verification_id=user.verification_id)
    async with in_transaction():
        await attempts.forget(keys, env=env)
        await _record(Action.USER_UNLOCKED, user, actor=actor, env=env)


async def set_role(
    *, user: User, role: str, actor: str, env: Environment
) -> RoleSet | RoleUnchanged | RoleNotInPolicy | IsGone:
    """Gives the user another role of the policy that they registered under."""
    policy = product_of(user.tenant, env=env).policy
    chosen = role.strip().lower()
    if chosen not in policy.roles:
        return RoleNotInPolicy(policy=policy.name, roles=policy.roles)
    current: User | None = user
    while current is not None and current.role != chosen:
        async with in_transaction():
            changed = await User.filter(id=user.id, role=current.role).update(
                role=chosen, updated_at=env.clock()
            )
            if changed:
                detail = f"{current.role} → {chosen}"
                await _record(Action.ROLE_SET, user, actor=actor, detail=detail, env=env)
            after = await _one(id=user.id)
        if changed and after is not None:
            return RoleSet(after, before=current.role)
        current = after  # somebody else has set another role: from that one, then
    return IsGone() if current is None else RoleUnchanged(current)


async def delete(*, user: User, actor: str, env: Environment) -> bool:
    """Whether this removed the user, with their sessions, verifications and mails."""
    async with in_transaction():
        deleted = await fetch("DELETE FROM users WHERE id = $1 RETURNING id", user.id)
        if deleted:
            await _record(Action.USER_DELETED, user, actor=actor, env=env)
    return bool(deleted)


async def _one(**named: object) -> User | None:
    return await User.filter(**named).select_related("tenant").first()


async def _record(
    action: Action, user: User, *, actor: str, detail: str | None = None, env: Environment
) -> None:
    subject = Subject.address(user.email, keys=env.keys)
    await audit.record(Event(action, subject, at=env.clock(), actor=actor, detail=detail))
