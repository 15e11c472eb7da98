"""Which passwords are accepted, by policy."""

import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.metadata import distribution
from itertools import groupby
from runpy import run_path

from accounts.policies import Policy
from accounts.problems import PasswordTooCommon, PasswordTooLong, PasswordTooShort

MAX_TYPED = 4 * 1024
"""Code points before NFC, which composes at most four into one, of the longest password that a
policy allows. Beyond it nothing is normalised, as that takes quadratic time: seconds for 60 KiB."""

_START = 3
"""Characters by which common passwords are filed."""


def normalised(typed: str) -> str:
    """NFC, so that the same characters typed on two keyboards are the same password."""
    return typed if len(typed) > MAX_TYPED else unicodedata.normalize("NFC", typed)


def problem_with(
    password: str, *, policy: Policy
) -> PasswordTooShort | PasswordTooLong | PasswordTooCommon | None:
    """What the policy has against a normalised password, or None."""
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
    """The 30,000 most used passwords that zxcvbn ships (from leaks, in lower case), a line each.

    By how they start: as a set of words they would take 5 MiB more in each worker.
    """
    # That one file is run, as importing it would make dictionaries of 7 MiB more, and keep them.
    lists = run_path(str(distribution("zxcvbn").locate_file("zxcvbn/frequency_lists.py")))
    passwords = sorted(lists["FREQUENCY_LISTS"]["passwords"])
    alike = groupby(passwords, key=lambda password: password[:_START])
    return {start: "\n".join(words) for start, words in alike}
