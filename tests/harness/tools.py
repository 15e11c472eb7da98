"""Programs that some tests need, and what a test says where one is missing."""

import os
import shutil
from typing import NoReturn

import pytest


def find_tool(*names: str, get: str) -> str:
    """The path of the first of these programs that is here.

    Without one the test is skipped, naming it and how to get it.
    """
    found = next(filter(None, map(shutil.which, names)), None)
    return found or needed(f"{names[0]} is missing: {get}")


def needed(message: str) -> NoReturn:
    """Skips the test; with CI=true it fails, as nobody would see the skip."""
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
