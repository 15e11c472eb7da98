"""The errors of single input fields, which `InvalidInputError.errors` lists."""

import strawberry

from languages.text import Text


@strawberry.interface(description="One rejected field of an input.")
class FieldError:
    field: str = strawberry.field(
        description="The field's name in the input, for example `password`."
    )
    message: str = strawberry.field(description="What is wrong with it, for people.")


@strawberry.type(description="The address is not one that mail can be sent to.")
class InvalidEmailError(FieldError):
    suggestion: str | None = strawberry.field(
        default=None,
        description="An address that the person may have meant, if the domain looks like a slip of "
        "a well-known one. No look-up: it need not exist.",
    )


@strawberry.type(description="The name is missing, too long, or holds control characters.")
class InvalidNameError(FieldError):
    pass


@strawberry.type(description="The password has fewer characters than the policy asks for.")
class PasswordTooShortError(FieldError):
    min_length: int = strawberry.field(description="The least number of characters.")


@strawberry.type(description="The password has more characters than the policy allows.")
class PasswordTooLongError(FieldError):
    max_length: int = strawberry.field(description="The greatest number of characters.")


@strawberry.type(description="The password is among those that attackers try first.")
class PasswordTooCommonError(FieldError):
    pass


@strawberry.type(description="The password is in a list of passwords from data breaches.")
class PasswordBreachedError(FieldError):
    pass


@strawberry.type(description="A password must be given here.")
class PasswordRequiredError(FieldError):
    pass


@strawberry.type(
    description="A password was given where none is taken: by `register` if the policy's "
    "`passwordAt` is VERIFICATION, or by a verification of an account that has one."
)
class PasswordNotExpectedError(FieldError):
    pass


@strawberry.type(description="The policy has no default role, and none was given.")
class RoleRequiredError(FieldError):
    allowed_roles: list[str] = strawberry.field(description="The roles to choose from.")


@strawberry.type(description="The role is not one that a person may ask for.")
class RoleNotAllowedError(FieldError):
    allowed_roles: list[str] = strawberry.field(description="The roles to choose from.")


@strawberry.type(description="There is no such tenant; reported alone, as no policy is known.")
class TenantNotFoundError(FieldError):
    pass


@strawberry.type(
    description="What was typed cannot be a code. It costs no attempt, whatever the address is."
)
class InvalidOtpFormatError(FieldError):
    digits: int = strawberry.field(description="How many digits a code has.")


@strawberry.type(description="What was given cannot be the name of an audience.")
class InvalidAudienceError(FieldError):
    pass


@strawberry.type(
    description="What was given cannot be a token: a link was cut off, for example. It counts "
    "against no limit."
)
class InvalidTokenFormatError(FieldError):
    pass


@strawberry.type(
    description="Links in mails may not lead to this page. The server's operator has to allow it."
)
class ReturnToNotAllowedError(FieldError):
    pass


@strawberry.type(description="What was given cannot be an id: it is no UUID.")
class InvalidIdFormatError(FieldError):
    pass


@strawberry.type(description="A field of the profile does not take the value, or does not exist.")
class InvalidProfileValueError(FieldError):
    key: str = strawberry.field(description="The key of the field. It may be cut if it is long.")


@strawberry.type(
    description="The answer could set no cookie. It is checked first and reported alone; the "
    "password was not looked at, and nothing was counted."
)
class TransportNotAllowedError(FieldError):
    field: str = strawberry.field(default="transport", description="The field's name in the input.")
    message: str = strawberry.field(
        default=Text(
            "Only a web page that this server allows can log in by cookie: by HTTPS, with a POST "
            "that accepts JSON."
        ),
        description="What is wrong with it, for people.",
    )


FIELD_ERRORS = [
    InvalidEmailError,
    InvalidNameError,
    PasswordTooShortError,
    PasswordTooLongError,
    PasswordTooCommonError,
    PasswordBreachedError,
    PasswordRequiredError,
    PasswordNotExpectedError,
    RoleRequiredError,
    RoleNotAllowedError,
    TenantNotFoundError,
    InvalidOtpFormatError,
    InvalidAudienceError,
    InvalidTokenFormatError,
    InvalidIdFormatError,
    ReturnToNotAllowedError,
    InvalidProfileValueError,
    TransportNotAllowedError,
]
