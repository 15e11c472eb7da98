"""A policy with a profile of every type of field, as a TOML file, and what a test sends for it."""

from pathlib import Path

from harness.policies import policy_file

POLICY = """
roles = ["member"]
defaultRole = "member"
verificationMethods = ["OTP"]

[[profile]]
key = "phone"
type = "PHONE"
required = true
label = { de = "Telefon", en = "Phone" }

[[profile]]
key = "nickname"
type = "TEXT"
maxLength = 5
label = "Nickname"

[[profile]]
key = "about"
type = "LONG_TEXT"
label = "About you"

[[profile]]
key = "birthday"
type = "DATE"
label = { fr = "Date de naissance" }

[[profile]]
key = "size"
type = "CHOICE"
choices = ["S", "M", "Grösse L"]
label = "Size"

[[profile]]
key = "newsletter"
type = "BOOLEAN"
required = true
label = "Newsletter"
"""


def with_profile(folder: Path) -> str:
    """The path of the policy's file."""
    return policy_file(folder, POLICY)


def values(**given: str | None) -> list[dict[str, str | None]]:
    """The input for these values."""
    return [{"key": key, "value": value} for key, value in given.items()]
