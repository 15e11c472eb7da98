"""Replaces the newest code of an address for a purpose, and mails the new one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts import audit
from accounts.audit import Action, Event, Subject
from accounts.client import Client
from accounts.environment import Environment
from accounts.limits.rules import Hit, RateLimited
from accounts.problems import InvalidInput, Problem, ReturnToNotAllowed
from accounts.registration.input import checked_address
from accounts.tenants import product_of
from accounts.verification import attempts, issue
from accounts.verification.issue import Lifetimes, Recipient
from models import MailTemplate, Purpose
from models.sql.database import Statement, as_uuid, fetch, one_connection, transaction
from models.sql.insert import insert_together
from models.sql.select import tenant_in, user_where

Row = Mapping[str, Any]


@dataclass(frozen=True)
class MailKind:
    """A kind of mail with a code or a link, which anybody may request for an address."""

    purpose: Purpose
    template: MailTemplate
    is_eligible: Callable[[Row], bool]
    """Whether a user gets the mail, by the columns of `user_statement`."""
    renew_sql: str
    """The UPDATE of the user `$1` with the address `$4`, whose newest verification becomes `$2`,
    which ends at `$3`. It returns `is_ineligible`: true if the user gets no mail after all."""
    lifetimes: Lifetimes | None = None
    """None: those of the policy."""
    action: Action | None = None
    """What the audit log has of a request, for every address. None: nothing."""
    return_to: str | None = None
    """The page of a frontend to which the link leads. None: this server's."""


def cooldown_of(purpose: Purpose, address_hash: str) -> str:
    """Whom a cooldown between mails is counted for: each purpose has a cooldown of its own."""
    is_first = purpose is Purpose.REGISTRATION
    return address_hash if is_first else f"{purpose}/{address_hash}"


@dataclass(frozen=True)
class MailRequested:
    """The answer for every address, also for one that gets no mail."""

    resend_available_at: datetime
    expires_at: datetime
    """When the code or link ends that was mailed last. Not for clients if the policy decides it."""


def address_for_mail(typed: str, *, return_to: str | None, env: Environment) -> str | InvalidInput:
    """The canonical address of a request for a mail, or all that is wrong with the request."""
    address = checked_address(typed)
    problems: list[Problem] = [] if isinstance(address, str) else [address]
    if return_to is not None and not env.return_urls.allow(return_to):
        problems.append(ReturnToNotAllowed())
    return address if isinstance(address, str) and not problems else InvalidInput(tuple(problems))


async def request_mail(
    address: str, mail: MailKind, *, client: Client, env: Environment
) -> MailRequested | RateLimited:
    """Mails a new code to an address in its canonical form, if it belongs to a user who may get it.

    Every address costs the same statements. Any other address gets a decoy.
    """
    address_hash = env.keys.address_hash(address)
    now = env.clock()
    async with one_connection():
        # Rows instead of models, as making a model would show in the time of known addresses.
        users = await env.rate_limiter.hit_and_fetch(
            Hit("resend_client", client.key, (address,)),
            Hit("resend_address", cooldown_of(mail.purpose, address_hash), (address,)),
            query=user_where("users.email = {0}", address),
        )
        if isinstance(users, RateLimited):
            return users
        candidate = await _candidate(address, users[0] if users else None, mail, env=env)
        expires_at = await _reissue(address, candidate, mail, now=now, env=env)
    env.wake_mail_worker()
    return MailRequested(now + env.rate_limiter.cooldown(address), expires_at)


@dataclass(frozen=True)
class _Candidate:
    """The user of an address, if it has one, and whether a mail may go to them."""

    user: Row | None
    is_eligible: bool
    allowed: bool
    """Whether the address may get another mail by its limit."""

    @property
    def user_id(self) -> UUID | None:
        """Whose verification is replaced; None if nobody's is."""
        if self.user and (self.allowed or not self.is_eligible):
            return as_uuid(self.user["users_id"])
        return None

    def detail(self, *, queued: bool) -> str:
        """What came of a request, for operators: clients are answered alike for every address."""
        if queued:
            return "mail queued"
        if self.user is None:
            return "no account"
        if not self.is_eligible:
            return "account disabled"
        return "account changed meanwhile" if self.allowed else "mail limit reached"


async def _candidate(
    address: str, found: Row | None, mail: MailKind, *, env: Environment
) -> _Candidate:
    is_eligible = found is not None and mail.is_eligible(found)
    address_hash = env.keys.address_hash(address)
    # Only mails that are sent count against the address's mail limit. Other mails are counted under
    # another key, with the same statement. An address at its limit gets the usual answer and keeps
    # its code.
    counted = address_hash if is_eligible else f"decoy/{address_hash}"
    allowed = await env.rate_limiter.hit_is_allowed(Hit("mail_address", counted, (address,)))
    return _Candidate(found, is_eligible, allowed)


async def _reissue(
    address: str, candidate: _Candidate, mail: MailKind, *, now: datetime, env: Environment
) -> datetime:
    """Stores the verification and its mail, or decoys. Returns when the verification ends."""
    user, address_hash = candidate.user, env.keys.address_hash(address)
    product = product_of(tenant_in(user) if user else None, env=env)
    verification = issue.new_verification(
        mail.lifetimes or Lifetimes.of(product.policy),
        purpose=mail.purpose,
        # `verificationStatus` follows the later mails of a registration, and no others.
        address_hash=address_hash if mail.purpose is Purpose.REGISTRATION else None,
        now=now,
        env=env,
    )
    # Without a recipient the statements are the same, but match no user.
    target = candidate.user_id or verification.id
    async with transaction():
        renewed = await fetch(
            mail.renew_sql, target, verification.id, verification.expires_at, address
        )
        queued = bool(renewed) and not renewed[0]["is_ineligible"]
        verification.user_id = target if queued else None
        recipient = (
            Recipient.of(address, user["users_language"], env=env) if user and queued else None
        )
        outgoing = issue.verification_mail(
            verification,
            recipient=recipient,
            product=product,
            template=mail.template,
            return_to=mail.return_to,
        )
        # Even if no mail is sent: clients must see the same count of attempts for every address.
        counts = attempts.open_counts(verification.id, address_hash=address_hash, env=env)
        entry = _entry(address, mail, detail=candidate.detail(queued=queued), now=now, env=env)
        await insert_together(verification, outgoing, beside=[*counts, *entry])
    return verification.expires_at


def _entry(
    address: str, mail: MailKind, *, detail: str, now: datetime, env: Environment
) -> list[Statement]:
    """The statement of the audit entry, if the mail has one."""
    if mail.action is None:
        return []
    subject = Subject.address(address, env=env)
    return [audit.insert_statement(Event(mail.action, subject, at=now, detail=detail))]
