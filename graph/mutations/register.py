"""`register`: a person registers, and gets a mail with a code or a link."""

from typing import Annotated, Any, Self

import strawberry

from accounts.environment import Environment
from accounts.limits.rules import RateLimited
from accounts.policies.choices import VerificationMethod
from accounts.problems import InvalidInput
from accounts.registration import register as operation
from accounts.registration.input import Candidate
from accounts.registration.register import EmailAlreadyExists, Registered
from accounts.registration.register import RegistrationPending as Pending
from graph.context import Info
from graph.errors import EmailAlreadyExistsError, InvalidInputError, RateLimitedError, fixed_message
from graph.mutations.mutation import WHAT_THE_PERSON_TYPED, mutation
from graph.profile import ProfileValueInput, typed_values
from graph.types import PendingVerification, User
from languages.text import Text


@strawberry.input(description="A registration, as the person typed it.")
class RegisterInput:
    __repr__ = object.__repr__

    name: str | None = strawberry.field(
        default=None, description="The full name, 1 to 200 characters. Some policies require it."
    )
    email: str = strawberry.field(description="The email address; case does not matter.")
    password: str | None = strawberry.field(
        default=None,
        description="The password, in the lengths that `registrationPolicy` tells. Null if its "
        "`passwordAt` is VERIFICATION: `verifyEmail` and `verifyEmailByLink` take it then.",
    )
    role: str | None = strawberry.field(
        default=None,
        description="One of the policy's roles, in any case. Required if there is no default.",
    )
    tenant: strawberry.ID | None = strawberry.field(
        default=None, description="The tenant to register with. Null: the server's own product."
    )
    invited_by: str | None = strawberry.field(
        default=None, description="The email address of whoever invited this person."
    )
    profile: list[ProfileValueInput] | None = strawberry.field(
        default=None,
        description="Values for the fields that `registrationPolicy` tells. Those that are "
        "required can also be given later, by `updateProfile`.",
    )


_SENT_A_CODE = Text(
    "Registration successful. A verification code has been sent to your email address."
)
_SENT_A_LINK = Text(
    "Registration successful. A verification link has been sent to your email address."
)


def _continuation() -> Any:
    return strawberry.field(
        description="Opaque; for `continueLogin` in the client that registered. Told only here. "
        "Null if no password was chosen yet."
    )


@strawberry.type(description="The person is registered, and a verification mail is on its way.")
class RegisterSuccess:
    __repr__ = object.__repr__  # keeps the token out of logs

    message: str = strawberry.field(description="What happened, for people.")
    user: User = strawberry.field(description="The new user, not verified yet.")
    verification: PendingVerification = strawberry.field(description="What to do next.")
    continuation: str | None = _continuation()

    @classmethod
    def of(cls, registered: Registered, *, env: Environment) -> Self:
        # If the mail has a code and a link, the message names the code, which forms ask for.
        has_code = VerificationMethod.OTP in registered.verification.methods
        return cls(
            message=_SENT_A_CODE if has_code else _SENT_A_LINK,
            user=User.of(registered.user, env=env),
            verification=PendingVerification.of(registered.verification),
            continuation=registered.continuation,
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
    continuation: str | None = _continuation()


@mutation(
    description="Registers a person and mails them a code or a link. They can log in once they "
    "have verified their address."
)
async def register(
    info: Info, input: Annotated[RegisterInput, WHAT_THE_PERSON_TYPED]
) -> (
    RegisterSuccess
    | RegistrationPending
    | InvalidInputError
    | EmailAlreadyExistsError
    | RateLimitedError
):
    context = info.context
    match await operation.register(
        candidate=Candidate(
            email=input.email,
            password=input.password,
            name=input.name,
            role=input.role,
            tenant=input.tenant,
            invited_by=input.invited_by,
            profile=typed_values(input.profile) if input.profile else (),
        ),
        client=context.client,
        language=context.language(),
        env=context.env,
    ):
        case Registered() as registered:
            return RegisterSuccess.of(registered, env=context.env)
        case Pending(pending, continuation):
            return RegistrationPending(
                verification=PendingVerification.of(pending), continuation=continuation
            )
        case InvalidInput() as invalid:
            return InvalidInputError.of(invalid)
        case EmailAlreadyExists():
            return EmailAlreadyExistsError()
        case RateLimited() as limited:
            return RateLimitedError.of(limited)
