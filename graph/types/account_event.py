"""What happens to the account of somebody who is logged in."""

from enum import Enum

import strawberry

from accounts.sessions.account_subscribers import AccountEventKind as Event


@strawberry.enum(description="What happened to an account.")
class AccountEventKind(Enum):
    SESSION_ENDED = strawberry.enum_value(
        Event.SESSION_ENDED, description="The session of the request is over. The last event."
    )
    PASSWORD_CHANGED = strawberry.enum_value(
        Event.PASSWORD_CHANGED, description="The password is another one."
    )
    VERIFIED = strawberry.enum_value(
        Event.VERIFIED, description="The account's address is verified, or another one that is."
    )


@strawberry.type(description="Something that has happened to the account.")
class AccountEvent:
    kind: AccountEventKind = strawberry.field(description="What it was.")
