"""`updateProfile`: somebody who is logged in changes the name and the profile."""

from typing import Annotated

import strawberry
from strawberry import UNSET

from accounts.limits.rules import RateLimited
from accounts.problems import InvalidInput
from accounts.profile import update_profile as operation
from accounts.profile.update_profile import ProfileEdit
from accounts.profile.update_profile import ProfileUpdated as Updated
from accounts.sessions.current import Unauthenticated
from graph.context import Info
from graph.errors import InvalidInputError, RateLimitedError, UnauthenticatedError, fixed_message
from graph.mutations.mutation import WHAT_THE_PERSON_TYPED, mutation
from graph.types.profile import ProfileValueInput, typed_values
from graph.types.user import User


@strawberry.input(description="What changes. Everything else stays as it is.")
class UpdateProfileInput:
    __repr__ = object.__repr__

    name: str | None = strawberry.field(
        default=UNSET,
        description="The full name, 1 to 200 characters. Null removes it, if the policy allows "
        "that.",
    )
    profile: list[ProfileValueInput] | None = strawberry.field(
        default=None, description="Values for the fields that `registrationPolicy` tells."
    )


@strawberry.type(description="The profile is changed.")
class ProfileUpdated:
    message: str = fixed_message("Your profile is saved.")
    user: User = strawberry.field(description="The person, as they are now.")


@mutation(
    description="Changes the name and the profile of whoever is logged in. Required values may be "
    "left out: `missingProfileFields` then names them."
)
async def update_profile(
    info: Info, input: Annotated[UpdateProfileInput, WHAT_THE_PERSON_TYPED]
) -> ProfileUpdated | InvalidInputError | UnauthenticatedError | RateLimitedError:
    context = info.context
    has_name = input.name is not UNSET
    match await operation.update_profile(
        token=context.bearer,
        edit=ProfileEdit(
            values=typed_values(input.profile),
            changes_name=has_name,
            name=input.name if has_name else None,
        ),
        client=context.client,
        env=context.env,
    ):
        case Updated(user):
            return ProfileUpdated(user=User.of(user, env=context.env))
        case InvalidInput() as invalid:
            return InvalidInputError.of(invalid)
        case Unauthenticated():
            return UnauthenticatedError()
        case RateLimited() as limited:
            return RateLimitedError.of(limited)
