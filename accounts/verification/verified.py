"""The outcome of every verification of an address."""

from dataclasses import dataclass

from models import User


@dataclass(frozen=True)
class Verified:
    user: User
