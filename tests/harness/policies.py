"""Policies of a test's own."""

import json
from pathlib import Path

CONCEALING = """
roles = ["buyer"]
defaultRole = "buyer"
verificationMethods = ["OTP"]
concealExistingAccounts = true
"""


def password_at_verification(*methods: str) -> str:
    """A policy under which the person chooses the password with the verification."""
    return f"""
roles = ["buyer"]
defaultRole = "buyer"
verificationMethods = {json.dumps(methods)}
passwordAt = "VERIFICATION"
"""


def policy_file(folder: Path, text: str) -> str:
    """The path of a file with this policy, as the setting takes it."""
    path = folder / "policy.toml"
    path.write_text(text, "utf-8")
    return str(path)
