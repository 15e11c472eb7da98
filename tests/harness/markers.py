"""What a test needs beyond this process, as a marker: `make test-quick` runs the others."""

from collections.abc import Iterator
from types import ModuleType

import pytest

_OF_FIXTURES = {"browser": "browser", "web_app": "npm", "connect": "process"}
"""The fixtures that need something, and the marker for it."""

_OF_MODULES = {
    "harness.addresses_for_tests": "process",
    "harness.browser": "browser",
    "harness.controlled_server": "process",
    "harness.crash_rounds": "process",
    "harness.distribution": "npm",
    "harness.npm": "npm",
    "harness.npm_subscribers": "npm",
    "harness.operator_commands": "process",
    "harness.nginx": "process",
    "harness.offline": "process",
    "harness.processes": "process",
}
"""The parts of the harness that need something, and the marker for it."""


def markers(item: pytest.Function) -> set[str]:
    """Which markers a test has by the fixtures it asks for and by what its file imports."""
    fixtures = {_OF_FIXTURES[name] for name in item.fixturenames if name in _OF_FIXTURES}
    return fixtures | {_OF_MODULES[name] for name in _imported(item.module) if name in _OF_MODULES}


def _imported(module: ModuleType) -> Iterator[str]:
    """The modules that a test file's names come from."""
    for value in vars(module).values():
        yield value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", "")
