"""Problems of one field of an input. `field` is the field's name in the input."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class InvalidName:
    message: str
    field: str = "name"


@dataclass(frozen=True)
class InvalidEmail:
    """An address that is not accepted, in `email`, `invitedBy` or `replyTo`."""

    message: str
    field: str = "email"


@dataclass(frozen=True)
class PasswordTooShort:
    min_length: int
    field: str = "password"

    @property
    def message(self) -> str:
        return f"Password must be at least {self.min_length} characters"


@dataclass(frozen=True)
class PasswordTooLong:
    max_length: int
    field: str = "password"

    @property
    def message(self) -> str:
        return f"Password must be at most {self.max_length} characters"


@dataclass(frozen=True)
class PasswordTooCommon:
    message: str = "Password is too common; choose one that is harder to guess"
    field: str = "password"


@dataclass(frozen=True)
class RoleRequired:
    allowed_roles: tuple[str, ...]
    message: str = "Role is required"
    field: str = "role"


@dataclass(frozen=True)
class RoleNotAllowed:
    allowed_roles: tuple[str, ...]
    field: str = "role"

    @property
    def message(self) -> str:
        return f"Role must be one of: {', '.join(self.allowed_roles)}"


@dataclass(frozen=True)
class TenantNotFound:
    message: str = "Tenant not found"
    field: str = "tenant"


@dataclass(frozen=True)
class InvalidOtpFormat:
    digits: int
    field: str = "otp"

    @property
    def message(self) -> str:
        return f"The code has {self.digits} digits"


Problem: TypeAlias = (
    InvalidName
    | InvalidEmail
    | PasswordTooShort
    | PasswordTooLong
    | PasswordTooCommon
    | RoleRequired
    | RoleNotAllowed
    | TenantNotFound
    | InvalidOtpFormat
)


@dataclass(frozen=True)
class InvalidInput:
    """All rejected fields, in the order of the input."""

    problems: tuple[Problem, ...]
