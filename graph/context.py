"""What a resolver gets besides its arguments."""

from dataclasses import dataclass
from typing import TypeAlias

import strawberry

from accounts.environment import Environment


@dataclass
class Context:
    """One request's world: `client` is who asks (accounts.throttle), `bearer` their token."""

    env: Environment
    client: str
    bearer: str | None


Info: TypeAlias = strawberry.Info[Context, None]
