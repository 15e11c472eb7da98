"""Checks a line of an import against the policy."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from accounts.hashing import formats
from accounts.policies.policy import Policy
from accounts.problems import InvalidEmail, InvalidName, Problem
from accounts.profile.check import Changes, StoredValue, TypedValue, Values, checked_values
from accounts.profile.missing import missing_fields
from accounts.registration.input import checked_address, checked_name, role_under
from accounts.transfer.lines import LineProblem, UserLine, shown_key
from models import NO_PASSWORD

_TIME = re.compile(  # RFC 3339 5.6
    r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})", re.ASCII
)

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # the shape of RFC 5646's tags

_UUID_LENGTH = 36
_LANGUAGE_LENGTH = 16  # the size of the column User.language


@dataclass(frozen=True)
class Person:
    """A valid line, in the form in which it is stored."""

    name: str | None = field(repr=False)
    email: str = field(repr=False)
    role: str
    tenant: str | None
    verified: bool
    created: datetime
    password_hash: str = field(repr=False)
    language: str | None
    invited_by: str | None = field(repr=False)
    profile: Values = field(repr=False)
    disabled: bool
    deletes_at: datetime | None
    has_whole_profile: bool
    """Whether the profile has all that the policy requires."""
    held_for: timedelta
    """How long an unverified person holds the address."""


def check(
    line: UserLine, *, policy: Policy | None, now: datetime
) -> Person | tuple[LineProblem, ...]:
    """The person as stored, or all problems. `policy` is None if the tenant does not exist.

    Disposable addresses are accepted, because their owners are customers already.
    """
    name = checked_name(line.name, required=policy is not None and policy.name_required)
    email = checked_address(line.email)
    tenant = _tenant(line.tenant)
    known = policy is not None and not isinstance(tenant, LineProblem)
    role = role_under(line.role, policy=policy) if policy and known else _no_tenant(line.tenant)
    created = _past(line.created, now=now)
    deletes_at = None if line.deletes_at is None else _time(line.deletes_at, field_name="deletesAt")
    password_hash = _password_hash(line.password_hash)
    language = _language(line.language)
    invited_by = _invited_by(line.invited_by)
    values = _profile(line.profile or {}, policy=policy) if policy and known else {}

    if (
        policy is None
        or isinstance(tenant, LineProblem)
        or isinstance(name, InvalidName)
        or isinstance(email, InvalidEmail)
        or not isinstance(role, str)
        or isinstance(created, LineProblem)
        or isinstance(deletes_at, LineProblem)
        or isinstance(password_hash, LineProblem)
        or isinstance(language, LineProblem)
        or isinstance(invited_by, InvalidEmail)
        or isinstance(values, tuple)
    ):
        found = (name, email, role, created, password_hash, language, invited_by, deletes_at)
        return (*_problems(*found), *(values if isinstance(values, tuple) else ()))
    profile = {key: value for key, value in values.items() if value is not None}
    return Person(
        name=name,
        email=email,
        role=role,
        tenant=tenant,
        verified=line.verified,
        created=created,
        password_hash=password_hash,
        language=language,
        invited_by=invited_by,
        profile=profile,
        disabled=line.disabled,
        deletes_at=deletes_at,
        has_whole_profile=not missing_fields(profile, policy=policy),
        held_for=max(policy.otp_lifetime or timedelta(), policy.link_lifetime or timedelta()),
    )


def _problems(*results: str | datetime | LineProblem | Problem | None) -> list[LineProblem]:
    """Those results that are no values."""
    return [
        LineProblem(result.field, result.message)
        for result in results
        if result is not None and not isinstance(result, str | datetime)
    ]


def _invited_by(typed: str | None) -> str | InvalidEmail | None:
    inviter = (typed or "").strip()
    return checked_address(inviter, field_name="invitedBy") if inviter else None


def _profile(
    given: Mapping[str, StoredValue | None], *, policy: Policy
) -> Changes | tuple[LineProblem, ...]:
    typed = [
        TypedValue(key, str(value).lower() if isinstance(value, bool) else value)
        for key, value in given.items()
    ]
    values = checked_values(typed, policy.profile)
    if isinstance(values, tuple):
        return tuple(
            LineProblem(f"profile.{shown_key(problem.key)}", problem.message) for problem in values
        )
    return values


def _no_tenant(tenant: str | None) -> LineProblem:
    named = f"There is no tenant {(tenant or '')[:_UUID_LENGTH]}".rstrip()
    return LineProblem("tenant", f"{named}.")


def _tenant(typed: str | None) -> str | LineProblem | None:
    """The id in its canonical spelling."""
    try:
        return None if typed is None else str(UUID(typed))
    except ValueError:
        return _no_tenant(typed)


def _past(text: str, *, now: datetime) -> datetime | LineProblem:
    time = _time(text, field_name="created")
    if isinstance(time, LineProblem) or time <= now:
        return time
    return LineProblem("created", "It must not be in the future.")


def _time(text: str, *, field_name: str) -> datetime | LineProblem:
    try:
        # The standard library cuts fractions of a second after the sixth digit.
        time = datetime.fromisoformat(text.upper()) if _TIME.fullmatch(text) else None
        time = time and time.astimezone(UTC)
    except (ValueError, OverflowError):
        time = None
    example = "It must be a time of RFC 3339 such as 2024-03-01T09:30:00Z."
    return LineProblem(field_name, example) if time is None else time


def _password_hash(text: str) -> str | LineProblem:
    if text == NO_PASSWORD:
        return text
    found = formats.read(text)
    if found is None:
        return LineProblem("passwordHash", "It must be bcrypt, Argon2 or Django's PBKDF2.")
    if found.too_costly is not None:
        return LineProblem("passwordHash", f"Each login would cost too much: {found.too_costly}.")
    return text


def _language(tag: str | None) -> str | LineProblem | None:
    if tag is None or (len(tag) <= _LANGUAGE_LENGTH and _LANGUAGE.fullmatch(tag)):
        return tag
    return LineProblem("language", "It must be a language tag such as de or pt-BR.")
