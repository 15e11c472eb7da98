"""What a client can do: an operation, its outcome, and one `match` that turns it into an answer."""

from typing import Annotated

import strawberry

from accounts import links, login, registration, resending, verification
from accounts.candidates import Candidate
from accounts.links import ExpiredLink, InvalidLink
from accounts.login import (
    EmailNotVerified,
    InvalidCredentials,
    LoggedIn,
    LoggedOut,
    Unauthenticated,
)
from accounts.problems import InvalidInput
from accounts.registration import EmailAlreadyExists, Registered, RegistrationPending
from accounts.resending import Resent
from accounts.throttle import RateLimited
from accounts.verification import ExpiredOtp, InvalidOtp, TooManyAttempts, Verified
from graph import errors, inputs, results
from graph.context import Info
from graph.failures import answers_failures
from graph.types import PendingVerification, User

_INPUT = strawberry.argument(description="What the person typed.")


@strawberry.type(description="What a client can do.")
class Mutation:
    @strawberry.mutation(
        description="Registers a person and mails them a code or a link. They can log in once "
        "they have verified their address."
    )
    @answers_failures
    async def register(
        self, info: Info, input: Annotated[inputs.RegisterInput, _INPUT]
    ) -> results.RegisterResult:
        candidate = Candidate(
            email=input.email,
            password=input.password,
            name=input.name,
            role=input.role,
            tenant=input.tenant,
            invited_by=input.invited_by,
        )
        context = info.context
        match await registration.register(
            candidate=candidate,
            client=context.client,
            language=context.language(),
            env=context.env,
        ):
            case Registered() as registered:
                return results.RegisterSuccess.of(registered)
            case RegistrationPending(pending):
                return results.RegistrationPending(verification=PendingVerification.of(pending))
            case InvalidInput() as invalid:
                return errors.InvalidInputError.of(invalid)
            case EmailAlreadyExists():
                return errors.EmailAlreadyExistsError()
            case RateLimited() as limited:
                return errors.RateLimitedError.of(limited)

    @strawberry.mutation(
        description="Verifies an address with the newest code that was mailed to it. "
        "Five wrong guesses end a code; the right code may be sent twice."
    )
    @answers_failures
    async def verify_email(
        self, info: Info, input: Annotated[inputs.VerifyEmailInput, _INPUT]
    ) -> results.VerifyEmailResult:
        context = info.context
        match await verification.verify(
            email=input.email, otp=input.otp, client=context.client, env=context.env
        ):
            case Verified(user):
                return results.VerifyEmailSuccess(user=User.of(user))
            case InvalidInput() as invalid:
                return errors.InvalidInputError.of(invalid)
            case InvalidOtp(attempts_remaining):
                return errors.InvalidOtpError(attempts_remaining=attempts_remaining)
            case ExpiredOtp():
                return errors.ExpiredOtpError()
            case TooManyAttempts():
                return errors.TooManyAttemptsError()
            case RateLimited() as limited:
                return errors.RateLimitedError.of(limited)

    @strawberry.mutation(
        description="Verifies an address with the token from a mailed link. "
        "Every link of a registration works until it expires."
    )
    @answers_failures
    async def verify_email_by_link(
        self, info: Info, input: Annotated[inputs.VerifyEmailByLinkInput, _INPUT]
    ) -> results.VerifyEmailByLinkResult:
        context = info.context
        match await links.verify_by_link(token=input.token, client=context.client, env=context.env):
            case Verified(user):
                return results.VerifyEmailSuccess(user=User.of(user))
            case InvalidLink():
                return errors.InvalidLinkError()
            case ExpiredLink():
                return errors.ExpiredLinkError()
            case RateLimited() as limited:
                return errors.RateLimitedError.of(limited)

    @strawberry.mutation(
        description="Mails another code or link to an address that waits for one. "
        "The answer is the same for every address."
    )
    @answers_failures
    async def resend_verification(
        self, info: Info, input: Annotated[inputs.ResendVerificationInput, _INPUT]
    ) -> results.ResendVerificationResult:
        context = info.context
        match await resending.resend(email=input.email, client=context.client, env=context.env):
            case Resent(resend_available_at):
                return results.ResendVerificationSuccess(resend_available_at=resend_available_at)
            case InvalidInput() as invalid:
                return errors.InvalidInputError.of(invalid)
            case RateLimited() as limited:
                return errors.RateLimitedError.of(limited)

    @strawberry.mutation(description="Logs a verified person in and gives a bearer token.")
    @answers_failures
    async def login(
        self, info: Info, input: Annotated[inputs.LoginInput, _INPUT]
    ) -> results.LoginResult:
        context = info.context
        match await login.log_in(
            email=input.email, password=input.password, client=context.client, env=context.env
        ):
            case LoggedIn(user, access_token, expires_at):
                return results.LoginSuccess(
                    access_token=access_token, expires_at=expires_at, user=User.of(user)
                )
            case InvalidInput() as invalid:
                return errors.InvalidInputError.of(invalid)
            case InvalidCredentials():
                return errors.InvalidCredentialsError()
            case EmailNotVerified():
                return errors.EmailNotVerifiedError()
            case RateLimited() as limited:
                return errors.RateLimitedError.of(limited)

    @strawberry.mutation(description="Ends the session of the request's bearer token.")
    @answers_failures
    async def logout(self, info: Info) -> results.LogoutResult:
        match await login.log_out(token=info.context.bearer, env=info.context.env):
            case LoggedOut():
                return results.LogoutSuccess()
            case Unauthenticated():
                return errors.UnauthenticatedError()
