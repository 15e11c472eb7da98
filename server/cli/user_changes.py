"""`connectx users`: the commands that change users. The audit table records each change."""

from typing import Annotated

import typer

from accounts.operator import users
from accounts.operator.users import RoleNotInPolicy, RoleSet, RoleUnchanged, UserNotFound
from accounts.operator.verify_user import AlreadyVerified, verify_by_operator
from accounts.verification.mark_verified import Verified
from models import User
from server.cli import json_output
from server.cli.connection import run_async
from server.cli.output import AsJson, print_json
from server.cli.shared import (
    Named,
    Yes,
    ask,
    environment,
    operator,
    refuse,
    refuse_user,
    require_terminal_or_yes,
    user_named,
)


def verify(user: Named, *, as_json: AsJson = False) -> None:
    """Mark a user's email address as verified, without a code.

    Example: connectx users verify ada@example.com
    """
    found, changed = run_async(_verify(user))
    done = f"{found.email} is verified." if changed else f"{found.email} was verified already."
    tell(found, done, changed=changed, as_json=as_json)


def unlock(user: Named, *, as_json: AsJson = False) -> None:
    """Accept codes for a user again after too many wrong ones.

    Example: connectx users unlock ada@example.com
    """
    found = run_async(_unlock(user))
    tell(found, f"Codes for {found.email} are accepted again.", changed=True, as_json=as_json)


def set_role(
    user: Named,
    role: Annotated[str, typer.Argument(help="A role of the user's policy.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Change the role of a user.

    Example: connectx users set-role ada@example.com pastor
    """
    found, before = run_async(_set_role(user, role))
    if before is None:
        done = f"{found.email} has the role {found.role} already."
    else:
        done = f"{found.email} is {found.role} now, and was {before}."
    tell(found, done, changed=before is not None, as_json=as_json)


def delete(user: Named, *, yes: Yes = False, as_json: AsJson = False) -> None:
    """Delete a user with their sessions, codes and mails. Asks first.

    Example: connectx users delete ada@example.com
    """
    require_terminal_or_yes(yes=yes)
    found = run_async(_delete(user, yes=yes))
    tell(found, f"{found.email} is deleted.", changed=True, as_json=as_json)


def tell(user: User, done: str, *, changed: bool, as_json: bool) -> None:
    """Prints what was done, or the user as JSON."""
    if as_json:
        print_json({"changed": changed, "user": json_output.user(user)})
    else:
        typer.echo(done)


async def _verify(named: str) -> tuple[User, bool]:
    async with environment() as env:
        user = await user_named(named)
        match await verify_by_operator(user=user, actor=operator(), env=env):
            case Verified(verified):
                return verified, True
            case AlreadyVerified():
                return user, False
            case UserNotFound():
                refuse_user(named)


async def _unlock(named: str) -> User:
    async with environment() as env:
        user = await user_named(named)
        await users.unlock(user=user, actor=operator(), env=env)
        return user


async def _set_role(named: str, role: str) -> tuple[User, str | None]:
    async with environment() as env:
        user = await user_named(named)
        match await users.set_role(user=user, role=role, actor=operator(), env=env):
            case RoleSet(changed, before=before):
                return changed, before
            case RoleUnchanged(unchanged):
                return unchanged, None
            case RoleNotInPolicy(policy=policy, roles=roles):
                refuse(f"The roles of the policy {policy} are: {', '.join(roles)}.")
            case UserNotFound():
                refuse_user(named)


async def _delete(named: str, *, yes: bool) -> User:
    async with environment() as env:
        user = await user_named(named)
        ask(f"Delete {user.email}, with their sessions, codes and mails?", yes=yes)
        if not await users.delete(user=user, actor=operator(), env=env):
            refuse_user(named)
        return user
