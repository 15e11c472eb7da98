"""Registered users, as operators see and change them."""

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
from accounts.profile.missing import missing_fields
from accounts.tenants import product_of
from accounts.verification import attempts
from accounts.verification.attempts import AccountIsLocked, CodeHasNoAttemptsLeft, NoAttemptsLeft
from models import EmailVerification, OutgoingMail, Session, User
from models.sql.deletion import delete_users

_MAILS = 10


@dataclass(frozen=True)
class UserFilter:
    """Search criteria. None matches any value."""

    tenant: UUID | None = None
    role: str | None = None
    is_verified: bool | None = None
    text: str | None = field(default=None, repr=False)
    """Part of the address or of the name, in any case."""


@dataclass(frozen=True)
class UserDetails:
    """What an operator can see of a user: no code, no token and no hash."""

    user: User
    missing_fields: Sequence[str]
    """The keys of the profile's fields that the policy requires and that have no value."""
    verification: EmailVerification | None
    obstacle: AccountIsLocked | NoAttemptsLeft | CodeHasNoAttemptsLeft | None
    """The count that blocks even the right code of the registration, if there is one."""
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
class UserNotFound:
    """The account was deleted or replaced meanwhile."""


async def find(named: str) -> User | None:
    """The user with this email address or id, with `user.tenant`.

    Raises ValueError, with a sentence for users, if `named` is neither.
    """
    if "@" in named:
        return await _find_by(email=canonical(named))
    try:
        user_id = UUID(named)
    except ValueError:
        raise ValueError("this is neither an email address nor an id") from None
    return await _find_by(id=user_id)


async def search(wanted: UserFilter, *, limit: int) -> list[User]:
    """Up to `limit` users, newest first."""
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
        missing_fields=missing_fields(user.profile, policy=product_of(user.tenant, env=env).policy),
        verification=await EmailVerification.get_or_none(id=user.verification_id),
        obstacle=await attempts.obstacle(keys, env=env),
        sessions=await Session.filter(user_id=user.id, expires_at__gt=env.clock()).count(),
        mails=await mails.order_by("-id").limit(_MAILS),
    )


async def unlock(*, user: User, actor: str, env: Environment) -> None:
    """Resets the counts of wrong codes for the user, for every purpose."""
    codes = (user.verification_id, user.password_reset_id, user.email_change_id)
    async with in_transaction():
        await attempts.reset(env.keys.address_hash(user.email), codes, env=env)
        await record_change(Action.USER_UNLOCKED, user, actor=actor, env=env)


async def set_role(
    *, user: User, role: str, actor: str, env: Environment
) -> RoleSet | RoleUnchanged | RoleNotInPolicy | UserNotFound:
    """Gives the user another role of the policy that applies to them."""
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
                await record_change(Action.ROLE_SET, user, actor=actor, detail=detail, env=env)
            after = await _find_by(id=user.id)
        if changed and after is not None:
            return RoleSet(after, before=current.role)
        current = after  # another operator changed the role first: try again
    return UserNotFound() if current is None else RoleUnchanged(current)


async def delete(*, user: User, actor: str, env: Environment) -> bool:
    """Deletes the user and everything that names them. False if already gone."""
    async with in_transaction():
        deleted = await delete_users([user.id])
        if deleted:
            state = "verified" if user.is_verified else "not verified"
            detail = f"user {user.id}, {user.role}, {state}"
            await record_change(Action.USER_DELETED, user, actor=actor, detail=detail, env=env)
    return bool(deleted)


async def _find_by(**named: object) -> User | None:
    return await User.filter(**named).select_related("tenant").first()


async def record_change(
    action: Action, user: User, *, actor: str, detail: str | None = None, env: Environment
) -> None:
    """Stores what an operator did to the user. By default, the detail has the user's id."""
    subject = Subject.address(user.email, env=env)
    told = detail or f"user {user.id}"
    await audit.record(Event(action, subject, at=env.clock(), actor=actor, detail=told))
