"""Registration policies: what a product requires of people who register."""

import tomllib
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Self, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic_core import ErrorDetails

Role: TypeAlias = Annotated[
    str, StringConstraints(strip_whitespace=True, to_lower=True, min_length=1, max_length=64)
]


class VerificationMethod(StrEnum):
    OTP = "OTP"
    LINK = "LINK"


T = TypeVar("T")


def _distinct(items: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))


class Policy(BaseModel):
    """What a registration must contain, and how its address is verified.

    Lengths count code points after NFC (NIST SP 800-63B 3.1.1.2). Lifetimes are in seconds. TOML
    and JSON use the camelCase names.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True
    )

    name: str = Field(min_length=1, max_length=64)
    roles: Annotated[tuple[Role, ...], AfterValidator(_distinct)] = Field(min_length=1)
    default_role: Role | None = None
    name_required: bool = True
    # At most 1024: hashing reads every byte, so the length needs a limit.
    password_min_length: int = Field(default=8, ge=1, le=1024)
    password_max_length: int = Field(default=128, ge=1, le=1024)
    verification_methods: Annotated[tuple[VerificationMethod, ...], AfterValidator(_distinct)] = (
        Field(min_length=1)
    )
    # Answers RegistrationPending for new and taken addresses alike. Addresses are unique across all
    # tenants, so a single policy without it reveals accounts of all: set it in every policy or in
    # none.
    conceal_existing_accounts: bool = False
    # Refuses the domains that the disposable-email-domains package lists.
    block_disposable_addresses: bool = False
    # At most a day: guesses are counted for a day (accounts.verification.attempts), and a code must
    # not outlive its count. At least a minute, which a mail needs to arrive.
    otp_seconds: int = Field(default=600, ge=60, le=86_400)
    link_seconds: int = Field(default=86_400, ge=60, le=30 * 86_400)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.default_role is not None and self.default_role not in self.roles:
            raise ValueError("defaultRole must be one of roles")
        if self.password_max_length < self.password_min_length:
            raise ValueError("passwordMaxLength must not be less than passwordMinLength")
        return self

    @cached_property
    def otp_lifetime(self) -> timedelta | None:
        """How long a code is valid; None if this policy sends no code."""
        if VerificationMethod.OTP not in self.verification_methods:
            return None
        return timedelta(seconds=self.otp_seconds)

    @cached_property
    def link_lifetime(self) -> timedelta | None:
        """How long a link is valid; None if this policy sends no link."""
        if VerificationMethod.LINK not in self.verification_methods:
            return None
        return timedelta(seconds=self.link_seconds)


PRESETS = {
    policy.name: policy
    for policy in (
        Policy(
            name="customer",
            roles=("customer",),
            default_role="customer",
            password_min_length=8,
            verification_methods=(VerificationMethod.OTP,),
        ),
        Policy(
            name="church",
            roles=("pastor", "member"),
            name_required=False,
            password_min_length=6,
            verification_methods=(VerificationMethod.LINK,),
        ),
    )
}


class PolicyError(ValueError):
    """The policy is invalid. The message tells operators what is wrong and where."""


def load(source: str) -> Policy:
    """The policy that `source` names: a preset, or the path of a TOML file.

    Raises PolicyError.
    """
    if source in PRESETS:
        return PRESETS[source]
    path = Path(source)
    if not path.is_file():
        names = ", ".join(PRESETS)
        raise PolicyError(f"{source!r} is neither a preset ({names}) nor the path of a TOML file")
    try:
        return Policy.model_validate({"name": path.stem, **tomllib.loads(path.read_text("utf-8"))})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyError(f"{source} is not TOML: {error}") from None
    except ValidationError as error:
        problems = error.errors(include_url=False, include_input=False)
        raise PolicyError("\n".join(f"{source}: {_sentence(each)}" for each in problems)) from None


def _sentence(problem: ErrorDetails) -> str:
    """One problem of the file, worded for its author."""
    where = ".".join(str(part) for part in problem["loc"])
    match problem["type"]:
        case "missing":
            what = "is required"
        case "extra_forbidden":
            what = "there is no such setting"
        case _:
            what = problem["msg"].removeprefix("Value error, ")
    return f"{where}: {what}" if where else what
