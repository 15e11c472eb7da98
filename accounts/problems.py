"""Problems of one field of an input. `field` is the field's name in the input."""

import dataclasses
from dataclasses import dataclass
from typing import TypeAlias

from languages.text import Text


@dataclass(frozen=True)
class InvalidName:
    message: str
    field: str = "name"


@dataclass(frozen=True)
class InvalidEmail:
    """An address that is not accepted, in `email`, `invitedBy` or `replyTo`."""

    message: str
    field: str = "email"
    suggestion: str | None = dataclasses.field(default=None, repr=False)
    """An address that the person may have meant."""


@dataclass(frozen=True)
class ReturnToNotAllowed:
    """A page to which links in mails may not lead (accounts.return_urls)."""

    message: str = Text("Links in mails may not lead to this page.")
    field: str = "returnTo"


@dataclass(frozen=True)
class PasswordTooShort:
    min_length: int
    field: str = "password"

    @property
    def message(self) -> str:
        return Text("Password must be at least %(count)s characters.", count=self.min_length)


@dataclass(frozen=True)
class PasswordTooLong:
    max_length: int
    field: str = "password"

    @property
    def message(self) -> str:
        return Text("Password must be at most %(count)s characters.", count=self.max_length)


@dataclass(frozen=True)
class PasswordTooCommon:
    message: str = Text("Password is too common. Choose one that is harder to guess.")
    field: str = "password"


@dataclass(frozen=True)
class PasswordBreached:
    message: str = Text("Password is known from a data breach. Choose another one.")
    field: str = "password"


@dataclass(frozen=True)
class PasswordRequired:
    message: str = Text("Password is required.")
    field: str = "password"


@dataclass(frozen=True)
class PasswordNotExpected:
    """A password where the policy, or the account, takes none."""

    message: str = Text("Password is not expected here.")
    field: str = "password"


@dataclass(frozen=True)
class RoleRequired:
    allowed_roles: tuple[str, ...]
    message: str = Text("Role is required.")
    field: str = "role"


@dataclass(frozen=True)
class RoleNotAllowed:
    allowed_roles: tuple[str, ...]
    field: str = "role"

    @property
    def message(self) -> str:
        return Text("Role must be one of: %(roles)s.", roles=", ".join(self.allowed_roles))


@dataclass(frozen=True)
class TenantNotFound:
    message: str = Text("Tenant not found.")
    field: str = "tenant"


@dataclass(frozen=True)
class InvalidOtpFormat:
    digits: int
    field: str = "otp"

    @property
    def message(self) -> str:
        return Text("The code has %(count)s digits.", count=self.digits)


@dataclass(frozen=True)
class InvalidAudience:
    message: str = Text(
        "The name of an audience has 1 to 128 letters, digits and the characters . _ : / -"
    )
    field: str = "audience"


@dataclass(frozen=True)
class InvalidTokenFormat:
    """A text that cannot be the token of a link, in `token`, or that of `continueLogin`."""

    message: str = Text("The link is not complete. Open it from the email again.")
    field: str = "token"


@dataclass(frozen=True)
class InvalidIdFormat:
    message: str = Text("This is not the id of a session.")
    field: str = "id"


@dataclass(frozen=True)
class InvalidProfileValue:
    """A value that the profile field with this key does not take, or a key that no field has."""

    key: str
    message: str
    field: str = "profile"


PasswordProblem: TypeAlias = (
    PasswordTooShort
    | PasswordTooLong
    | PasswordTooCommon
    | PasswordBreached
    | PasswordRequired
    | PasswordNotExpected
)

FormatProblem: TypeAlias = (
    InvalidOtpFormat | InvalidAudience | InvalidTokenFormat | InvalidIdFormat | ReturnToNotAllowed
)

Problem: TypeAlias = (
    InvalidName
    | InvalidEmail
    | PasswordProblem
    | RoleRequired
    | RoleNotAllowed
    | TenantNotFound
    | FormatProblem
    | InvalidProfileValue
)


@dataclass(frozen=True)
class InvalidInput:
    """All rejected fields, in the order of the input."""

    problems: tuple[Problem, ...]
