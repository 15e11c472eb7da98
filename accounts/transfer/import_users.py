"""Imports users from another system, in batches, so that any number fits into memory."""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from tortoise.queryset import QuerySet
from tortoise.transactions import in_transaction

from accounts import audit, tenants
from accounts.audit import Action, Event, Subject
from accounts.environment import Environment
from accounts.policies.policy import Policy
from accounts.registration.disown import allow_mails
from accounts.transfer import line_check
from accounts.transfer.line_check import Person
from accounts.transfer.lines import LineProblem, parse
from models import User
from models.sql.insert import insert_free_rows
from models.sql.release import release

_BATCH = 500
"""Lines per transaction: 9,500 values. PostgreSQL takes 32,767 in one statement."""
_CACHED_TENANTS = 1_000
"""Tenants whose policies are cached. The limit bounds the memory for any file."""

_HELD = LineProblem(
    "email",
    "is held by a registration that waits for its verification; import it again once that has "
    "ended",
)


@dataclass(frozen=True)
class BadLine:
    number: int
    problems: tuple[LineProblem, ...]


@dataclass(frozen=True)
class ImportedBatch:
    """The result of one batch. Users that were already there have not been changed."""

    added: int
    already_there: int
    bad: tuple[BadLine, ...]


async def import_users(
    lines: Iterable[tuple[int, bytes]],
    *,
    actor: str,
    env: Environment,
    dry_run: bool = False,
) -> AsyncIterator[ImportedBatch]:
    """Yields the result of each batch of numbered lines (accounts.transfer.lines) after its commit.

    An interrupted import has stored whole batches, and can be repeated from the beginning: the
    database accepts an address once. An unverified user holds the address for the longest lifetime
    of the policy's codes and links, and requests a code by `resendVerification`. An address that is
    imported gets mails, also if somebody has disowned it before. A `dry_run` stores nothing, and
    yields what an import would.
    """
    reader = _Reader(env.product.policy)
    rest = iter(lines)
    while chunk := list(islice(rest, _BATCH)):
        now = env.clock()
        good, bad = await reader.read_batch(chunk, now=now)
        people = [person for _, person in good]
        if dry_run:
            added = await _free(people, now=now)
        else:
            place = f"of lines {chunk[0][0]:,} to {chunk[-1][0]:,}"
            added = await _store(people, place=place, actor=actor, now=now)
        there = [one.email for one in people if one.verified and one.email not in added]
        held = await _emails(User.filter(email__in=there, is_verified=False))
        if not dry_run:
            # Also those that were there before: an import may have been interrupted at this place.
            theirs = [one.email for one in people if one.verified or one.email in added]
            await allow_mails(*(email for email in theirs if email not in held), env=env)
        bad += [BadLine(number, (_HELD,)) for number, one in good if one.email in held]
        already_there = len(chunk) - len(added) - len(bad)
        yield ImportedBatch(
            len(added), already_there, tuple(sorted(bad, key=lambda line: line.number))
        )


class _Reader:
    """Checks lines, and caches the policies of their tenants."""

    def __init__(self, default_policy: Policy) -> None:
        self._policies: dict[str | None, Policy | None] = {}
        self._default = default_policy

    async def read_batch(
        self, lines: Sequence[tuple[int, bytes]], *, now: datetime
    ) -> tuple[list[tuple[int, Person]], list[BadLine]]:
        """The people of the good lines, each with the line's number, and the bad lines."""
        found = [(number, await self._read(raw, now=now)) for number, raw in lines]
        good = [(number, one) for number, one in found if isinstance(one, Person)]
        bad = [BadLine(number, one) for number, one in found if not isinstance(one, Person)]
        return good, bad

    async def _read(self, raw: bytes, *, now: datetime) -> Person | tuple[LineProblem, ...]:
        """The person of a line, or all problems of the line."""
        line, problems = parse(raw)
        if line is None:
            return problems
        checked = line_check.check(line, policy=await self._policy(line.tenant), now=now)
        if not problems:
            return checked
        reported = {problem.field for problem in problems}
        others = checked if isinstance(checked, tuple) else ()
        return (*problems, *(problem for problem in others if problem.field not in reported))

    async def _policy(self, tenant_id: str | None) -> Policy | None:
        """A tenant's policy, or None for an unknown tenant. The id None means the default."""
        if tenant_id is None:
            return self._default
        if tenant_id not in self._policies:
            if len(self._policies) >= _CACHED_TENANTS:
                self._policies.clear()
            tenant = await tenants.find(tenant_id)
            self._policies[tenant_id] = tenants.policy_of(tenant) if tenant else None
        return self._policies[tenant_id]


async def _store(people: Sequence[Person], *, place: str, actor: str, now: datetime) -> set[str]:
    """Stores people whose address is free, and returns these addresses."""
    # Before the transaction: SQLite gives no transaction that has read first the lock to write.
    expired = await _expired_holds(people, now=now).values_list("id", flat=True)
    async with in_transaction():
        await release(list(expired), now=now)  # type: ignore[arg-type] # flat values are ids
        users = [_user(person, now=now) for person in people]
        added = await insert_free_rows(users, unique="email")
        if added:
            subject = Subject.users(len(added))
            event = Event(Action.USERS_IMPORTED, subject, at=now, actor=actor, detail=place)
            await audit.record(event)
    return added


async def _free(people: Sequence[Person], *, now: datetime) -> set[str]:
    """The addresses that are not in use, or whose unverified registration would be deleted."""
    emails = {person.email for person in people}
    taken = await _emails(User.filter(email__in=list(emails)))
    return emails - taken | await _emails(_expired_holds(people, now=now))


def _expired_holds(people: Sequence[Person], *, now: datetime) -> QuerySet[User]:
    """Unverified registrations whose hold has expired. A new registration replaces them too."""
    verified_emails = [person.email for person in people if person.verified]
    return User.filter(email__in=verified_emails, is_verified=False, held_until__lte=now)


async def _emails(query: QuerySet[User]) -> set[str]:
    return {str(email) for email in await query.values_list("email", flat=True)}


def _user(person: Person, *, now: datetime) -> User:
    return User(
        email=person.email,
        name=person.name,
        password_hash=person.password_hash,
        role=person.role,
        tenant_id=person.tenant,
        language=person.language,
        invited_by=person.invited_by,
        profile=person.profile or None,
        is_profile_complete=person.has_whole_profile,
        is_verified=person.verified,
        disabled_at=now if person.disabled else None,
        deletes_at=person.deletes_at,
        held_until=now + person.held_for,
        created_at=person.created,
        updated_at=now,
    )
