"""`connectx users`: the commands that decide whether and how somebody can log in."""

from accounts.login.log_in import AccountDisabled
from accounts.operator.disable import Disabled, Enabled, disable_user, enable_user
from accounts.operator.start_reset import ResetStarted, start_password_reset
from accounts.operator.users import UserNotFound
from models import User
from server.cli.connection import run_async
from server.cli.output import AsJson
from server.cli.shared import Named, environment, operator, refuse, refuse_user, user_named
from server.cli.user_changes import tell


def disable(user: Named, *, as_json: AsJson = False) -> None:
    """Keep a user from logging in, and end their sessions.

    Example: connectx users disable ada@example.com
    """
    found, ended = run_async(_disable(user))
    sessions = "1 session" if ended == 1 else f"{ended} sessions"
    tell(found, f"{found.email} is disabled; {sessions} ended.", changed=True, as_json=as_json)


def enable(user: Named, *, as_json: AsJson = False) -> None:
    """Let a disabled user log in again.

    Example: connectx users enable ada@example.com
    """
    found, changed = run_async(_enable(user))
    done = f"{found.email} is enabled." if changed else f"{found.email} was enabled already."
    tell(found, done, changed=changed, as_json=as_json)


def reset_password(user: Named, *, as_json: AsJson = False) -> None:
    """Mail a user a code and a link to choose a new password.

    Example: connectx users reset-password ada@example.com
    """
    found = run_async(_reset_password(user))
    done = f"{found.email} gets an email to choose a new password."
    tell(found, done, changed=True, as_json=as_json)


async def _disable(named: str) -> tuple[User, int]:
    async with environment() as env:
        user = await user_named(named)
        match await disable_user(user=user, actor=operator(), env=env):
            case Disabled(ended_sessions):
                return user, ended_sessions
            case UserNotFound():
                refuse_user(named)


async def _enable(named: str) -> tuple[User, bool]:
    async with environment() as env:
        user = await user_named(named)
        match await enable_user(user=user, actor=operator(), env=env):
            case Enabled(changed):
                return user, changed
            case UserNotFound():
                refuse_user(named)


async def _reset_password(named: str) -> User:
    async with environment() as env:
        user = await user_named(named)
        match await start_password_reset(user=user, actor=operator(), env=env):
            case ResetStarted():
                return user
            case AccountDisabled():
                refuse(f"{user.email} is disabled: connectx users enable {user.email}")
            case UserNotFound():
                refuse_user(named)
