"""What `register` answers where it tells of no user, and fields of its answers."""

from typing import Any

import strawberry

from graph.errors import fixed_message
from graph.types.user import PendingVerification


def continuation_field() -> Any:
    return strawberry.field(
        description="Opaque; for `continueLogin` in the client that registered. Told only here. "
        "Null if no password was chosen yet."
    )


def did_you_mean_field() -> Any:
    return strawberry.field(
        description="Another address, if the domain of this one looks like a slip of a well-known "
        "one, such as `gmial.com`. No look-up: it need not exist."
    )


@strawberry.type(
    description="""Under a policy that conceals existing accounts: the answer for a new and for a \
taken address alike, in place of `RegisterSuccess` and `EmailAlreadyExistsError`."""
)
class RegistrationPending:
    __repr__ = object.__repr__

    message: str = fixed_message(
        "If the address can be registered, a verification email is on its way to it."
    )
    verification: PendingVerification = strawberry.field(description="What to do next.")
    continuation: str | None = continuation_field()
    did_you_mean: str | None = did_you_mean_field()


@strawberry.type(
    description="The policy allows the input of a dry run. Nobody is registered, and nothing tells "
    "whether the address is taken."
)
class RegisterDryRunSuccess:
    __repr__ = object.__repr__

    message: str = fixed_message("Everything is filled in correctly.")
    did_you_mean: str | None = did_you_mean_field()
