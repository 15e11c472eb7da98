"""What the audit has of a test, oldest first."""

from harness.database import rows

ENTRIES = "SELECT at, actor, action, subject, subject_hash, detail FROM audit_entries ORDER BY id"


def actions(url: str) -> list[str]:
    return [entry["action"] for entry in rows(url, ENTRIES)]


def details(url: str, action: str) -> list[str | None]:
    return [entry["detail"] for entry in rows(url, ENTRIES) if entry["action"] == action]
