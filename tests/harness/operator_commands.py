"""An operator's commands beside a server that runs, and what is kept of them."""

import json
from collections.abc import Callable
from typing import Any

from harness.database import rows
from harness.processes import connectx

AUDIT = "SELECT action, subject, detail, actor FROM audit_entries WHERE actor <> 'api' ORDER BY id"

Run = Callable[..., Any]


def told(*arguments: str, **settings: str) -> Any:
    """The JSON that a command printed, which succeeded."""
    result = connectx(*arguments, "--json", **settings)
    assert (result.returncode, result.stderr) == (0, ""), result.stderr
    return json.loads(result.stdout)


def audit(settings: dict[str, str], *options: str) -> list[dict[str, Any]]:
    """What `connectx audit` shows."""
    return told("audit", *options, **settings)


def changes(url: str) -> list[tuple[str, str, str | None]]:
    """What operators changed: the action, whom, and the detail."""
    return [(entry["action"], entry["subject"], entry["detail"]) for entry in rows(url, AUDIT)]
