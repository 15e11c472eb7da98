"""Stores the users and tenants that a test starts with."""

from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import Any

import orjson
from pydantic import ValidationError

from accounts import passwords
from accounts.environment import Environment
from accounts.hashing.jobs import Queue
from accounts.operator import tenants
from accounts.operator.letterheads import Letterhead
from accounts.policies.error_sentences import sentences
from accounts.policies.load import PolicyError, load
from accounts.policies.policy import Policy
from accounts.transfer.import_users import BadLine, import_users
from models import Tenant
from server.test_server.control_error import ControlError, refuse_other_keys

_ACTOR = "test-server"
_MESSAGES = {"password": "must be text, and stand in a line without passwordHash"}
"""In place of the import's, which knows no such field."""
_TENANT_KEYS = {"name", "policy", "displayName", "senderName", "replyTo"}


class BadLinesError(Exception):
    """Lines of a seed are wrong. Nothing was stored."""

    def __init__(self, lines: list[BadLine]) -> None:
        super().__init__()
        self.lines = lines


async def seed(body: bytes, *, env: Environment) -> dict[str, int]:
    """Imports the users of these lines, all or none. Raises BadLinesError."""
    raw = [
        (number, line)
        for number, line in enumerate(body.removeprefix(BOM_UTF8).splitlines(), 1)
        if line.strip()
    ]
    lines = [(number, await _completed(line, env=env)) for number, line in raw]
    checked = [each async for each in import_users(lines, actor=_ACTOR, env=env, dry_run=True)]
    bad = [line for batch in checked for line in batch.bad]
    if bad:
        raise BadLinesError(bad)
    stored = [each async for each in import_users(lines, actor=_ACTOR, env=env)]
    return {
        "added": sum(each.added for each in stored),
        "alreadyThere": sum(each.already_there for each in stored),
    }


async def _completed(line: bytes, *, env: Environment) -> bytes:
    """The line in the import's format: with a hash of its `password`, and created now."""
    try:
        person = orjson.loads(line)
    except orjson.JSONDecodeError:
        return line  # the import says what is wrong with it
    if not isinstance(person, dict):
        return line
    person.setdefault("created", env.clock().isoformat())
    password = person.get("password")
    if isinstance(password, str) and "passwordHash" not in person:
        del person["password"]
        typed = passwords.normalised(password)
        person["passwordHash"] = await env.hasher.hash(typed, queue=Queue.LOGIN)
    try:
        return orjson.dumps(person)
    except orjson.JSONEncodeError:
        return line  # nested too deep, which is no value of a person either


async def add_tenant(asked: dict[str, Any], *, env: Environment) -> Tenant:
    """Creates a tenant with a `name` and a `policy`. Raises ControlError."""
    refuse_other_keys(asked, _TENANT_KEYS)
    texts = [asked.get(key) for key in ("displayName", "senderName", "replyTo")]
    if any(not isinstance(text, str | None) for text in [asked.get("name"), *texts]):
        raise ControlError("`name`, `displayName`, `senderName` and `replyTo` take texts.")
    missing = [f"`{key}`" for key in ("name", "policy") if asked.get(key) is None]
    if missing:
        raise ControlError(f"{' and '.join(missing)} missing: a tenant has both.")
    created = await tenants.create(
        name=asked["name"],
        policy=_policy(asked["policy"]),
        letterhead=Letterhead(*texts),
        actor=_ACTOR,
        now=env.clock(),
    )
    if not isinstance(created, Tenant):
        raise ControlError(created.message)
    return created


def _policy(given: object) -> Policy:
    try:
        if isinstance(given, str):
            return load(given)
        if isinstance(given, dict):
            return Policy.model_validate({"name": "custom", **given})
    except PolicyError as error:
        raise ControlError(str(error)) from error
    except ValidationError as error:
        raise ControlError("; ".join(sentences(error, model=Policy))) from error
    raise ControlError("`policy` takes a preset's name, a TOML file's path or a policy's object.")


def problems(lines: list[BadLine]) -> Iterator[dict[str, object]]:
    """What is wrong with lines, as JSON."""
    for line in lines:
        told = [
            {"field": each.field, "message": _MESSAGES.get(each.field, each.message)}
            for each in line.problems
        ]
        yield {"line": line.number, "problems": told}
