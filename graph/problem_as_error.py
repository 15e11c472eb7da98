"""The error of an input field for each problem that an operation finds."""

from accounts import problems
from accounts.problems import (
    InvalidAudience,
    InvalidEmail,
    InvalidIdFormat,
    InvalidName,
    InvalidOtpFormat,
    InvalidProfileValue,
    InvalidTokenFormat,
    PasswordBreached,
    PasswordNotExpected,
    PasswordRequired,
    PasswordTooCommon,
    PasswordTooLong,
    PasswordTooShort,
    ReturnToNotAllowed,
    RoleNotAllowed,
    RoleRequired,
    TenantNotFound,
)
from graph.field_errors import (
    FieldError,
    InvalidAudienceError,
    InvalidEmailError,
    InvalidIdFormatError,
    InvalidNameError,
    InvalidOtpFormatError,
    InvalidProfileValueError,
    InvalidTokenFormatError,
    PasswordBreachedError,
    PasswordNotExpectedError,
    PasswordRequiredError,
    PasswordTooCommonError,
    PasswordTooLongError,
    PasswordTooShortError,
    ReturnToNotAllowedError,
    RoleNotAllowedError,
    RoleRequiredError,
    TenantNotFoundError,
)


def field_error(problem: problems.Problem) -> FieldError:
    """The GraphQL error for a problem. Its type has the same name."""
    match problem:
        case InvalidName(message, field):
            return InvalidNameError(field=field, message=message)
        case InvalidEmail(message, field, suggestion):
            return InvalidEmailError(field=field, message=message, suggestion=suggestion)
        case (
            PasswordTooShort()
            | PasswordTooLong()
            | PasswordTooCommon()
            | PasswordBreached()
            | PasswordRequired()
            | PasswordNotExpected()
        ):
            return _password_error(problem)
        case RoleRequired(roles, message, field):
            return RoleRequiredError(field=field, message=message, allowed_roles=list(roles))
        case RoleNotAllowed(roles, field) as refused:
            return RoleNotAllowedError(
                field=field, message=refused.message, allowed_roles=list(roles)
            )
        case TenantNotFound(message, field):
            return TenantNotFoundError(field=field, message=message)
        case (
            InvalidOtpFormat()
            | InvalidAudience()
            | InvalidTokenFormat()
            | InvalidIdFormat()
            | ReturnToNotAllowed()
        ):
            return _format_error(problem)
        case InvalidProfileValue(key, message, field):
            return InvalidProfileValueError(field=field, message=message, key=key)


def _password_error(problem: problems.PasswordProblem) -> FieldError:
    match problem:
        case PasswordTooShort(min_length, field) as short:
            return PasswordTooShortError(field=field, message=short.message, min_length=min_length)
        case PasswordTooLong(max_length, field) as long:
            return PasswordTooLongError(field=field, message=long.message, max_length=max_length)
        case PasswordTooCommon(message, field):
            return PasswordTooCommonError(field=field, message=message)
        case PasswordBreached(message, field):
            return PasswordBreachedError(field=field, message=message)
        case PasswordRequired(message, field):
            return PasswordRequiredError(field=field, message=message)
        case PasswordNotExpected(message, field):
            return PasswordNotExpectedError(field=field, message=message)


def _format_error(problem: problems.FormatProblem) -> FieldError:
    match problem:
        case InvalidOtpFormat(digits, field) as malformed:
            return InvalidOtpFormatError(field=field, message=malformed.message, digits=digits)
        case InvalidAudience(message, field):
            return InvalidAudienceError(field=field, message=message)
        case InvalidTokenFormat(message, field):
            return InvalidTokenFormatError(field=field, message=message)
        case InvalidIdFormat(message, field):
            return InvalidIdFormatError(field=field, message=message)
        case ReturnToNotAllowed(message, field):
            return ReturnToNotAllowedError(field=field, message=message)
