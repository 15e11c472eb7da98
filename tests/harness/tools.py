"""Programs that some tests need, and what a test says where one is missing."""

import os
import shutil

import pytest


def find_tool(*names: str, get: str) -> str:
    """The path of the first of these programs that is here.

    Without one the test is skipped, naming it and how to get it; with CI=true it fails, as nobody
    would see the skip.
    """
    for name in names:
        path = shutil.which(name)
        if path is not None:
            return path
    message = f"{names[0]} is missing: {get}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
