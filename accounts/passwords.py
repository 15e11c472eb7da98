"""Checks passwords against a policy."""

import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.metadata import distribution
from itertools import groupby
from runpy import run_path

from accounts.environment import Environment
from accounts.policies.policy import LONGEST_PASSWORD, Policy
from accounts.problems import (
    PasswordBreached,
    PasswordProblem,
    PasswordTooCommon,
    PasswordTooLong,
    PasswordTooShort,
)
from models import NO_PASSWORD, User

MAX_TYPED = 4 * LONGEST_PASSWORD
"""Code points of the longest valid password before NFC, which composes at most four into one.
Longer input is not normalised, because that takes quadratic time."""

_START = 3
"""Characters of the prefix by which common passwords are grouped."""


def normalised(typed: str) -> str:
    """The password in NFC, so that it is the same from every keyboard."""
    return typed if len(typed) > MAX_TYPED else unicodedata.normalize("NFC", typed)


def password_hash_of(user: User | None) -> str | None:
    """The hash of the user's password, for `Hasher.verify`; None if there is no user or password.

    A link from a notice voids the password until the user has reset it.
    """
    return None if user is None or user.password_hash == NO_PASSWORD else user.password_hash


async def problem_of_new_password(
    password: str, *, policy: Policy, env: Environment
) -> PasswordProblem | None:
    """Why a normalised password must not be chosen; None if it may be.

    Called before anything is known of an account, so that all addresses cost the same look-up.
    """
    problem = problem_by_policy(password, policy=policy)
    if problem is not None:
        return problem
    if env.breached is not None and await env.breached.have(password):
        return PasswordBreached()
    return None


def problem_by_policy(
    password: str, *, policy: Policy
) -> PasswordTooShort | PasswordTooLong | PasswordTooCommon | None:
    """Why the policy rejects a normalised password; None if it accepts it."""
    if len(password) < policy.password_min_length:
        return PasswordTooShort(policy.password_min_length)
    if len(password) > policy.password_max_length:
        return PasswordTooLong(policy.password_max_length)
    if _is_common(password.casefold()):
        return PasswordTooCommon()
    return None


def _is_common(folded: str) -> bool:
    words = _common().get(folded[:_START])
    return words is not None and folded in words.split("\n")


@cache
def _common() -> Mapping[str, str]:
    """The 30,000 most used passwords in zxcvbn (from leaks, lower case), one per line, by prefix.

    A set of words would take 5 MiB more in each worker.
    """
    # Runs only this file: importing zxcvbn builds and keeps dictionaries of 7 MiB more.
    lists = run_path(str(distribution("zxcvbn").locate_file("zxcvbn/frequency_lists.py")))
    passwords = sorted(lists["FREQUENCY_LISTS"]["passwords"])
    alike = groupby(passwords, key=lambda password: password[:_START])
    return {start: "\n".join(words) for start, words in alike}
