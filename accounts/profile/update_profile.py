"""Changes the name and the profile of somebody who is logged in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from accounts import audit
from accounts.audit import Action, Event, Subject
from accounts.client import Client
from accounts.environment import Environment
from accounts.limits.rules import Hit, RateLimited
from accounts.policies.policy import Policy
from accounts.problems import InvalidInput, InvalidName
from accounts.profile.check import Changes, TypedValue, checked_values
from accounts.profile.missing import missing_fields
from accounts.registration.input import checked_name
from accounts.sessions.current import Current, Unauthenticated, required_session
from accounts.tenants import product_of
from models import User
from models.sql import profile as sql
from models.sql.database import transaction


@dataclass(frozen=True)
class ProfileEdit:
    """What the person typed. Values that it does not have stay as they are."""

    values: Sequence[TypedValue] = field(default=(), repr=False)
    changes_name: bool = False
    """Whether the edit gives a name. If not, the name stays as it is."""
    name: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class ProfileUpdated:
    user: User


@dataclass(frozen=True)
class _Accepted:
    """A valid edit, in the form in which it is stored."""

    values: Changes = field(repr=False)
    changes_name: bool
    name: str | None = field(repr=False)

    @property
    def keys(self) -> str:
        """The keys of what changes, for the audit."""
        return ", ".join([*(["name"] if self.changes_name else []), *self.values])


UpdateOutcome: TypeAlias = ProfileUpdated | InvalidInput | Unauthenticated | RateLimited


async def update_profile(
    *, token: str | None, edit: ProfileEdit, client: Client, env: Environment
) -> UpdateOutcome:
    """Changes what the edit names of the token's user, all of it or nothing.

    Whoever is asked for a required value may also leave it out or remove it: the profile is then
    incomplete. An input that is rejected does not count against the limit.
    """
    current = await required_session(token=token, client=client, env=env)
    if not isinstance(current, Current):
        return current
    policy = product_of(current.user.tenant, env=env).policy
    accepted = _check(edit, policy=policy)
    if isinstance(accepted, InvalidInput):
        return accepted
    email = current.user.email
    subject = Subject.address(email, env=env)
    refused = await env.rate_limiter.hit(
        Hit("profile_address", env.keys.address_hash(email), (email,))
    )
    if refused is not None:
        return refused
    event = Event(Action.PROFILE_UPDATED, subject, at=env.clock(), detail=accepted.keys)
    user = await _store(current.user, accepted, event, policy=policy)
    return Unauthenticated() if user is None else ProfileUpdated(user)


def _check(edit: ProfileEdit, *, policy: Policy) -> _Accepted | InvalidInput:
    name = checked_name(edit.name, required=policy.name_required) if edit.changes_name else None
    values = checked_values(edit.values, policy.profile)
    wrong_name = (name,) if isinstance(name, InvalidName) else ()
    wrong_values = values if isinstance(values, tuple) else ()
    if isinstance(name, InvalidName) or isinstance(values, tuple):
        return InvalidInput((*wrong_name, *wrong_values))
    return _Accepted(values, edit.changes_name, name)


async def _store(user: User, accepted: _Accepted, event: Event, *, policy: Policy) -> User | None:
    """The changed user; None if they were deleted meanwhile."""
    async with transaction():
        changed = await sql.change_profile(
            user.id,
            accepted.values,
            changes_name=accepted.changes_name,
            name=accepted.name,
            now=event.at,
        )
        if changed is None:
            return None
        complete = not missing_fields(changed.profile, policy=policy)
        if complete != changed.is_profile_complete:
            await sql.set_complete(user.id, complete=complete)
        await audit.record(event)
    return changed
