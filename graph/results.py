"""What each mutation answers: one union each, in which every expected failure is a type."""

from datetime import datetime
from typing import Annotated, Self, TypeAlias

import strawberry

from accounts import policies, registration
from graph.errors import (
    EmailAlreadyExistsError,
    EmailNotVerifiedError,
    ExpiredLinkError,
    ExpiredOtpError,
    InternalError,
    InvalidCredentialsError,
    InvalidInputError,
    InvalidLinkError,
    InvalidOtpError,
    RateLimitedError,
    TooManyAttemptsError,
    UnauthenticatedError,
    UnavailableError,
)
from graph.types import PendingVerification, User


@strawberry.type(description="The person is registered, and a verification mail is on its way.")
class RegisterSuccess:
    message: str = strawberry.field(description="What happened, for people.")
    user: User = strawberry.field(description="The new user, not verified yet.")
    verification: PendingVerification = strawberry.field(description="What to do next.")

    @classmethod
    def of(cls, registered: registration.Registered) -> Self:
        # Names what was mailed: the code where there is one, as that is what a form asks for.
        methods = registered.verification.methods
        what = "code" if policies.VerificationMethod.OTP in methods else "link"
        return cls(
            message="Registration successful. "
            f"A verification {what} has been sent to your email address",
            user=User.of(registered.user),
            verification=PendingVerification.of(registered.verification),
        )


@strawberry.type(
    description="""Under a policy that conceals existing accounts: the answer for a new and for a \
taken address alike, in place of `RegisterSuccess` and `EmailAlreadyExistsError`."""
)
class RegistrationPending:
    message: str = strawberry.field(
        default="If the address can be registered, a verification mail is on its way to it",
        description="What happened, for people.",
    )
    verification: PendingVerification = strawberry.field(description="What to do next.")


@strawberry.type(description="The address is verified; the person can log in.")
class VerifyEmailSuccess:
    message: str = strawberry.field(
        default="Email verified successfully", description="What happened, for people."
    )
    user: User = strawberry.field(description="The verified user.")


@strawberry.type(
    description="The request was taken. An address that has nothing to verify gets no mail."
)
class ResendVerificationSuccess:
    message: str = strawberry.field(
        default="Verification email sent successfully", description="What happened, for people."
    )
    resend_available_at: datetime = strawberry.field(
        description="From when on another mail can be asked for."
    )


@strawberry.type(description="The person is logged in.")
class LoginSuccess:
    __repr__ = object.__repr__  # no log line has what it holds

    access_token: str = strawberry.field(
        description="Opaque; send it as `Authorization: Bearer <accessToken>`."
    )
    expires_at: datetime = strawberry.field(description="When the token ends.")
    user: User = strawberry.field(description="Who is logged in.")


@strawberry.type(description="The token has ended.")
class LogoutSuccess:
    message: str = strawberry.field(
        default="Logged out successfully", description="What happened, for people."
    )


RegisterResult: TypeAlias = Annotated[
    RegisterSuccess
    | RegistrationPending
    | InvalidInputError
    | EmailAlreadyExistsError
    | RateLimitedError
    | UnavailableError
    | InternalError,
    strawberry.union("RegisterResult", description="What `register` answers."),
]
VerifyEmailResult: TypeAlias = Annotated[
    VerifyEmailSuccess
    | InvalidInputError
    | InvalidOtpError
    | ExpiredOtpError
    | TooManyAttemptsError
    | RateLimitedError
    | UnavailableError
    | InternalError,
    strawberry.union("VerifyEmailResult", description="What `verifyEmail` answers."),
]
VerifyEmailByLinkResult: TypeAlias = Annotated[
    VerifyEmailSuccess
    | InvalidLinkError
    | ExpiredLinkError
    | RateLimitedError
    | UnavailableError
    | InternalError,
    strawberry.union("VerifyEmailByLinkResult", description="What `verifyEmailByLink` answers."),
]
ResendVerificationResult: TypeAlias = Annotated[
    ResendVerificationSuccess
    | InvalidInputError
    | RateLimitedError
    | UnavailableError
    | InternalError,
    strawberry.union("ResendVerificationResult", description="What `resendVerification` answers."),
]
LoginResult: TypeAlias = Annotated[
    LoginSuccess
    | InvalidInputError
    | InvalidCredentialsError
    | EmailNotVerifiedError
    | RateLimitedError
    | UnavailableError
    | InternalError,
    strawberry.union("LoginResult", description="What `login` answers."),
]
LogoutResult: TypeAlias = Annotated[
    LogoutSuccess | UnauthenticatedError | UnavailableError | InternalError,
    strawberry.union("LogoutResult", description="What `logout` answers."),
]
