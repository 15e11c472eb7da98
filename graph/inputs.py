"""What clients send. No repr shows what somebody typed."""

import strawberry


@strawberry.input(description="A registration, as the person typed it.")
class RegisterInput:
    __repr__ = object.__repr__

    name: str | None = strawberry.field(
        default=None, description="The full name, 1 to 200 characters. Some policies require it."
    )
    email: str = strawberry.field(description="The email address; case does not matter.")
    password: str = strawberry.field(
        description="The password, in the lengths that `registrationPolicy` tells."
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


@strawberry.input(description="The code from a verification mail.")
class VerifyEmailInput:
    __repr__ = object.__repr__

    email: str = strawberry.field(description="The address that the mail went to.")
    otp: str = strawberry.field(
        description="The six digits; spaces and dashes in them do not matter."
    )


@strawberry.input(description="The token from the link in a verification mail.")
class VerifyEmailByLinkInput:
    __repr__ = object.__repr__

    token: str = strawberry.field(description="What stands behind `#token=` in the link.")


@strawberry.input(description="Which address wants another verification mail.")
class ResendVerificationInput:
    __repr__ = object.__repr__

    email: str = strawberry.field(description="The address that was registered.")


@strawberry.input(description="Credentials of a verified account.")
class LoginInput:
    __repr__ = object.__repr__

    email: str = strawberry.field(description="The email address; case does not matter.")
    password: str = strawberry.field(description="The password.")
