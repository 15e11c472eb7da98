"""Lists, replaces and withdraws the keys that sign service tokens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from tortoise.transactions import in_transaction

from accounts import audit
from accounts.audit import Action, Event, Subject
from accounts.environment import Environment
from accounts.service_tokens.signing_keys import (
    PUBLISHED_AHEAD,
    Algorithm,
    new_signing_key,
    superseded_after,
)
from models import SigningKey
from models.sql import service_token as sql


class KeyState(StrEnum):
    NEXT = "next"
    """Published, and signs later."""
    SIGNING = "signing"
    LAST = "last"
    """Signs no more. It is published until its last token has ended."""


@dataclass(frozen=True)
class ListedKey:
    key: SigningKey
    state: KeyState


@dataclass(frozen=True)
class SigningKeyPending:
    """There is a next key already, which signs from this time on."""

    kid: str
    signs_from: datetime


@dataclass(frozen=True)
class SigningKeyRetired:
    """No token of the key is valid any more."""


@dataclass(frozen=True)
class SigningKeyNotFound:
    """No published key has this thumbprint."""


@dataclass(frozen=True)
class OnlySigningKey:
    """No other key signs yet, so that no token could be issued."""


RotateOutcome: TypeAlias = ListedKey | SigningKeyPending
RetireOutcome: TypeAlias = SigningKeyRetired | SigningKeyNotFound | OnlySigningKey


async def published(*, now: datetime) -> list[ListedKey]:
    """The keys whose tokens may be valid, in the order in which they sign."""
    return _listed(await sql.published(superseded_after=superseded_after(now)), now=now)


async def rotate(
    *, algorithm: Algorithm, at_once: bool, actor: str, env: Environment
) -> RotateOutcome:
    """Makes the next key. It signs when services have had time to read it, or `at_once`."""
    now = env.clock()
    async with in_transaction():
        await sql.lock_keys()
        for listed in await published(now=now):
            if listed.state is KeyState.NEXT and not at_once:
                return SigningKeyPending(listed.key.kid, listed.key.signs_from)
        is_first = not await SigningKey.exists()
        signs_from = now if at_once or is_first else now + PUBLISHED_AHEAD
        return await _create(algorithm, now=now, signs_from=signs_from, actor=actor, env=env)


async def create_first(*, actor: str, env: Environment) -> None:
    """Makes a key, in the caller's transaction, if there is none."""
    await sql.lock_keys()
    if not await SigningKey.exists():
        now = env.clock()
        await _create(Algorithm.ES256, now=now, signs_from=now, actor=actor, env=env)


async def retire(*, kid: str, actor: str, env: Environment) -> RetireOutcome:
    """Withdraws a key at once: it signs no more, and its tokens are not valid any more."""
    now = env.clock()
    async with in_transaction():
        await sql.lock_keys()
        keys = await published(now=now)
        found = [listed for listed in keys if listed.key.kid == kid]
        if not found:
            return SigningKeyNotFound()
        others = [listed for listed in keys if listed.key.kid != kid]
        if all(listed.state is KeyState.NEXT for listed in others):
            return OnlySigningKey()
        await found[0].key.delete()
        event = Event(Action.SIGNING_KEY_RETIRED, Subject(kid), at=now, actor=actor)
        await audit.record(event)
    return SigningKeyRetired()


async def _create(
    algorithm: Algorithm, *, now: datetime, signs_from: datetime, actor: str, env: Environment
) -> ListedKey:
    key = new_signing_key(algorithm, now=now, signs_from=signs_from, keys=env.keys)
    await key.save()
    detail = f"{algorithm}; signs from {signs_from:%Y-%m-%d %H:%M}Z"
    event = Event(Action.SIGNING_KEY_CREATED, Subject(key.kid), at=now, actor=actor, detail=detail)
    await audit.record(event)
    return ListedKey(key, KeyState.SIGNING if signs_from <= now else KeyState.NEXT)


def _listed(keys: Sequence[SigningKey], *, now: datetime) -> list[ListedKey]:
    signing = [key for key in keys if key.signs_from <= now]
    newest = signing[-1] if signing else None
    return [ListedKey(key, _state(key, newest, now=now)) for key in keys]


def _state(key: SigningKey, newest: SigningKey | None, *, now: datetime) -> KeyState:
    if key.signs_from > now:
        return KeyState.NEXT
    return KeyState.SIGNING if key is newest else KeyState.LAST
