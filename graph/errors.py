"""The error types of mutations."""

from datetime import datetime
from typing import Any, Self

import strawberry

from accounts import problems
from accounts.limits import rules
from graph.field_errors import FieldError
from graph.problem_as_error import field_error
from graph.types.verification_method import VerificationMethod
from languages.text import Text


def fixed_message(message: str) -> Any:
    """The field `message` of a success type, with a fixed text."""
    return strawberry.field(default=Text(message), description="What happened, for people.")


def _message(message: str) -> Any:
    """The field `message` of an error type, with a fixed text."""
    return strawberry.field(default=Text(message), description="What went wrong, for people.")


@strawberry.interface(description="Why a mutation did not do what it was asked.")
class UserError:
    message: str = strawberry.field(description="What went wrong, for people.")


@strawberry.type(description="The input does not follow the policy.")
class InvalidInputError(UserError):
    message: str = _message("Some fields need your attention.")
    errors: list[FieldError] = strawberry.field(
        description="Every rejected field at once, in the input's order."
    )

    @classmethod
    def of(cls, invalid: problems.InvalidInput) -> Self:
        return cls(errors=[field_error(problem) for problem in invalid.problems])


@strawberry.type(description="The address is registered already, or held by a registration.")
class EmailAlreadyExistsError(UserError):
    message: str = _message("Email already exists.")


@strawberry.type(
    description="The code is wrong, or not the newest one. The same for an unknown address."
)
class InvalidOtpError(UserError):
    message: str = _message("Invalid OTP.")
    attempts_remaining: int = strawberry.field(
        description="How many more wrong codes this address allows until another mail is "
        "requested. Counts down for every address alike."
    )


@strawberry.type(description="The code was right, but its time is over. Ask for another mail.")
class ExpiredOtpError(UserError):
    message: str = _message("OTP has expired.")


@strawberry.type(
    description="Too many wrong codes. The right one is refused as well until another is mailed."
)
class TooManyAttemptsError(UserError):
    message: str = _message("Too many attempts. Request a new verification email.")


@strawberry.type(description="This server did not issue the token for this purpose.")
class InvalidLinkError(UserError):
    message: str = _message("This link is not valid.")


@strawberry.type(
    description="The link is genuine, but no longer works: it has expired or was used, or its "
    "account is gone. Verifications and resets can be mailed again."
)
class ExpiredLinkError(UserError):
    message: str = _message("This link has expired.")


@strawberry.type(description="There is no audience of this name: an operator creates them.")
class AudienceNotAllowedError(UserError):
    message: str = _message("Tokens are not issued for this audience.")


@strawberry.type(description="No account has this address and this password.")
class InvalidCredentialsError(UserError):
    message: str = _message("Invalid email or password.")


@strawberry.type(description="The password was right, but the address is not verified yet.")
class EmailNotVerifiedError(UserError):
    message: str = _message("Email not verified.")
    methods: list[VerificationMethod] = strawberry.field(
        description="How the person can verify it: what the mails of the account's policy hold."
    )


@strawberry.type(description="The password was right, but an operator has disabled the account.")
class AccountDisabledError(UserError):
    message: str = _message("This account is disabled.")


@strawberry.type(
    description="The password was right, but the account is about to be deleted, as its owner "
    "requested. The link in the mail about it cancels that."
)
class AccountDeletionPendingError(UserError):
    message: str = _message(
        "This account is about to be deleted. The email about it has a link that cancels this."
    )
    deletes_at: datetime = strawberry.field(description="When the account is deleted.")


@strawberry.type(description="The address is not verified yet. The same token may succeed later.")
class VerificationPendingError(UserError):
    message: str = _message("Email not verified yet.")


@strawberry.type(
    description="The token was never given, was used, or is void, because its time is over or the "
    "password is another one. Log in with the password."
)
class InvalidContinuationError(UserError):
    message: str = _message("Please log in with your password.")


@strawberry.type(description="Nobody is logged in: no token, or one that has ended.")
class UnauthenticatedError(UserError):
    message: str = _message("Not logged in.")


@strawberry.type(description="The password is not the one of whoever is logged in.")
class WrongPasswordError(UserError):
    message: str = _message("This is not your password.")


@strawberry.type(description="The new password is the current one. Nothing has changed.")
class PasswordUnchangedError(UserError):
    message: str = _message("The new password is the same as the current one.")


@strawberry.type(description="The person has no session with this id, or it has ended.")
class SessionNotFoundError(UserError):
    message: str = _message("This session has ended already.")


@strawberry.type(description="Asked too often. Nothing was done.")
class RateLimitedError(UserError):
    message: str = _message("Too many requests. Please try again later.")
    retry_after_seconds: int = strawberry.field(
        description="Whole seconds until the next try can succeed, at least 1."
    )

    @classmethod
    def of(cls, limited: rules.RateLimited) -> Self:
        return cls(retry_after_seconds=limited.retry_after)


@strawberry.type(description="The server cannot do this right now. The same request may succeed.")
class UnavailableError(UserError):
    message: str = _message("Service temporarily unavailable. Please try again.")
    retry_after_seconds: int = strawberry.field(
        description="Whole seconds after which to try again, at least 1."
    )


@strawberry.type(description="A bug on the server. Nothing of its cause is told here.")
class InternalError(UserError):
    message: str = _message("Internal error.")
    incident_id: strawberry.ID = strawberry.field(
        description="The same id as on the server's log line that holds the cause."
    )
