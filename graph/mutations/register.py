"""`register`: a person registers, and gets a mail with a code or a link."""

from typing import Annotated, Self

import strawberry

from accounts.environment import Environment
from accounts.limits.rules import RateLimited
from accounts.policies.choices import VerificationMethod
from accounts.problems import InvalidInput
from accounts.registration import register as operation
from accounts.registration.dry_run import DryRunPassed, check_registration
from accounts.registration.input import Candidate
from accounts.registration.register import EmailAlreadyExists, Registered
from accounts.registration.register import RegistrationPending as Pending
from graph.context import Info
from graph.errors import EmailAlreadyExistsError, InvalidInputError, RateLimitedError
from graph.mutations.mutation import WHAT_THE_PERSON_TYPED, mutation, return_to_field
from graph.types.profile import ProfileValueInput, typed_values
from graph.types.registration_answers import (
    RegisterDryRunSuccess,
    RegistrationPending,
    continuation_field,
    did_you_mean_field,
)
from graph.types.user import PendingVerification, User
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

    return_to: str | None = return_to_field()

    def candidate(self) -> Candidate:
        return Candidate(
            email=self.email,
            password=self.password,
            name=self.name,
            role=self.role,
            tenant=self.tenant,
            invited_by=self.invited_by,
            profile=typed_values(self.profile) if self.profile else (),
            return_to=self.return_to,
        )


_ONLY_CHECKS = strawberry.argument(
    description="Only checks the input, as a form does while a person types. Nothing is stored or "
    "mailed. A limit of its own counts it."
)
SENT_A_CODE = Text(
    "Registration successful. A verification code has been sent to your email address."
)
SENT_A_LINK = Text(
    "Registration successful. A verification link has been sent to your email address."
)


@strawberry.type(description="The person is registered, and a verification mail is on its way.")
class RegisterSuccess:
    __repr__ = object.__repr__  # keeps the token out of logs

    message: str = strawberry.field(description="What happened, for people.")
    user: User = strawberry.field(description="The new user, not verified yet.")
    verification: PendingVerification = strawberry.field(description="What to do next.")
    continuation: str | None = continuation_field()
    did_you_mean: str | None = did_you_mean_field()

    @classmethod
    def of(cls, registered: Registered, *, env: Environment) -> Self:
        # If the mail has a code and a link, the message names the code, which forms ask for.
        has_code = VerificationMethod.OTP in registered.verification.methods
        return cls(
            message=SENT_A_CODE if has_code else SENT_A_LINK,
            user=User.of(registered.user, env=env),
            verification=PendingVerification.of(registered.verification),
            continuation=registered.continuation,
            did_you_mean=registered.did_you_mean,
        )


@mutation(
    description="Registers a person and mails them a code or a link. They can log in once they "
    "have verified their address."
)
async def register(
    info: Info,
    input: Annotated[RegisterInput, WHAT_THE_PERSON_TYPED],
    dry_run: Annotated[bool | None, _ONLY_CHECKS] = None,
) -> (
    RegisterSuccess
    | RegistrationPending
    | RegisterDryRunSuccess
    | InvalidInputError
    | EmailAlreadyExistsError
    | RateLimitedError
):
    context = info.context
    client, env = context.client, context.env
    candidate = input.candidate()
    match (
        await check_registration(candidate=candidate, client=client, env=env)
        if dry_run
        else await operation.register(
            candidate=candidate, client=client, language=context.language(), env=env
        )
    ):
        case Registered() as registered:
            return RegisterSuccess.of(registered, env=env)
        case Pending(pending, continuation, did_you_mean):
            return RegistrationPending(
                verification=PendingVerification.of(pending),
                continuation=continuation,
                did_you_mean=did_you_mean,
            )
        case DryRunPassed(did_you_mean):
            return RegisterDryRunSuccess(did_you_mean=did_you_mean)
        case InvalidInput() as invalid:
            return InvalidInputError.of(invalid)
        case EmailAlreadyExists():
            return EmailAlreadyExistsError()
        case RateLimited() as limited:
            return RateLimitedError.of(limited)
