"""The input of a registration, and its checks against the policy."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from accounts import passwords
from accounts.addresses import MalformedAddressError, canonical, is_disposable
from accounts.characters import CONTROL_CHARACTERS
from accounts.environment import Environment, Product
from accounts.policies.choices import PasswordAt
from accounts.policies.policy import Policy
from accounts.problems import (
    InvalidEmail,
    InvalidInput,
    InvalidName,
    PasswordNotExpected,
    PasswordProblem,
    PasswordRequired,
    ReturnToNotAllowed,
    RoleNotAllowed,
    RoleRequired,
)
from accounts.profile.check import TypedValue, Values, checked_values
from accounts.tenants import find_product
from languages.text import Text

MAX_NAME = 200
"""Code points."""

_TOO_LONG = Text("Name must be at most %(count)s characters.", count=MAX_NAME)


@dataclass(frozen=True)
class Candidate:
    """The input of a registration, as typed. Its repr identifies nobody."""

    email: str = field(repr=False)
    password: str | None = field(default=None, repr=False)
    name: str | None = field(default=None, repr=False)
    role: str | None = None
    tenant: str | None = None
    invited_by: str | None = field(default=None, repr=False)
    profile: Sequence[TypedValue] = field(default=(), repr=False)
    return_to: str | None = None


@dataclass(frozen=True)
class CheckedCandidate:
    """A valid candidate, in the form in which it is stored."""

    email: str = field(repr=False)
    password: str | None = field(repr=False)
    """None: the person chooses it with the verification."""
    name: str | None = field(repr=False)
    role: str
    invited_by: str | None = field(repr=False)
    profile: Values = field(repr=False)
    return_to: str | None = None
    """The page to which the link of the mail leads. None: this server's."""


async def product_of_candidate(candidate: Candidate, *, env: Environment) -> Product | None:
    """What the candidate registers with; None if there is no such tenant."""
    return env.product if candidate.tenant is None else await find_product(candidate.tenant)


async def check(
    candidate: Candidate, *, policy: Policy, env: Environment
) -> CheckedCandidate | InvalidInput:
    """The candidate in its stored form, or all rejected fields in the order of the input."""
    name = checked_name(candidate.name, required=policy.name_required)
    email = accepted_address(candidate.email, policy=policy, field_name="email")
    password = None if candidate.password is None else passwords.normalised(candidate.password)
    weakness = await _problem_of_first_password(password, policy=policy, env=env)
    role = role_under(candidate.role, policy=policy)
    inviter = (candidate.invited_by or "").strip() or None
    invited_by = None if inviter is None else checked_address(inviter, field_name="invitedBy")

    values = checked_values(candidate.profile, policy.profile) if candidate.profile else {}
    return_to = candidate.return_to
    may_return = return_to is None or env.return_urls.allow(return_to)

    if (
        isinstance(name, InvalidName)
        or isinstance(email, InvalidEmail)
        or weakness is not None
        or not isinstance(role, str)
        or isinstance(invited_by, InvalidEmail)
        or isinstance(values, tuple)
        or not may_return
    ):
        results = (name, email, weakness, role, invited_by)
        wrong = [each for each in results if each is not None and not isinstance(each, str)]
        wrong_values = values if isinstance(values, tuple) else ()
        wrong_page = () if may_return else (ReturnToNotAllowed(),)
        return InvalidInput((*wrong, *wrong_values, *wrong_page))
    return CheckedCandidate(
        email=email,
        password=password,
        name=name,
        role=role,
        invited_by=invited_by,
        profile={key: value for key, value in values.items() if value is not None},
        return_to=return_to,
    )


async def _problem_of_first_password(
    password: str | None, *, policy: Policy, env: Environment
) -> PasswordProblem | None:
    if policy.password_at is PasswordAt.VERIFICATION:
        return None if password is None else PasswordNotExpected()
    if password is None:
        return PasswordRequired()
    return await passwords.problem_of_new_password(password, policy=policy, env=env)


def accepted_address(typed: str, *, policy: Policy, field_name: str) -> str | InvalidEmail:
    """The canonical address if a user may have it under the policy, or what is wrong with it."""
    email = checked_address(typed, field_name=field_name)
    if policy.block_disposable_addresses and isinstance(email, str) and is_disposable(email):
        message = Text("Disposable email addresses are not accepted.")
        return InvalidEmail(message, field=field_name)
    return email


def checked_address(typed: str, *, field_name: str = "email") -> str | InvalidEmail:
    """The canonical address, or what is wrong with it as a problem of the field."""
    try:
        return canonical(typed)
    except MalformedAddressError as error:
        return InvalidEmail(error.message, field=field_name, suggestion=error.suggestion)


def role_under(typed: str | None, *, policy: Policy) -> str | RoleRequired | RoleNotAllowed:
    """The typed role, or the policy's default if empty; otherwise why the role is rejected."""
    role = (typed or "").strip().lower() or policy.default_role
    if role is None:
        return RoleRequired(policy.roles)
    return role if role in policy.roles else RoleNotAllowed(policy.roles)


def checked_name(typed: str | None, *, required: bool) -> str | InvalidName | None:
    """The trimmed name in NFC; None if it is empty and optional; or what is wrong with it."""
    # Checked before NFC, which composes at most four code points into one and takes quadratic time.
    if typed and len(typed) > 4 * MAX_NAME:
        return InvalidName(_TOO_LONG)
    name = unicodedata.normalize("NFC", typed or "").strip()
    if not name:
        return InvalidName(Text("Name is required.")) if required else None
    if len(name) > MAX_NAME:
        return InvalidName(_TOO_LONG)
    if CONTROL_CHARACTERS.search(name):
        return InvalidName(Text("Name must not contain control characters."))
    return name
