"""Policies of a test's own."""

from pathlib import Path

CONCEALING = """
roles = ["buyer"]
defaultRole = "buyer"
verificationMethods = ["OTP"]
concealExistingAccounts = true
"""


def policy_file(folder: Path, text: str) -> str:
    """The path of a file with this policy, as the setting takes it."""
    path = folder / "policy.toml"
    path.write_text(text, "utf-8")
    return str(path)
