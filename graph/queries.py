"""What a client can ask."""

from typing import Annotated

import strawberry

from accounts import login, tenants
from graph.context import Info
from graph.failures import in_time
from graph.types import RegistrationPolicy, User


@strawberry.type(description="What a client can ask.")
class Query:
    @strawberry.field(
        description="What a registration has to bring. Null: there is no such tenant."
    )
    @in_time
    async def registration_policy(
        self,
        info: Info,
        tenant: Annotated[
            strawberry.ID | None,
            strawberry.argument(
                description="The tenant to register with. Null: the server's own product."
            ),
        ] = None,
    ) -> RegistrationPolicy | None:
        product = await tenants.find_product(tenant=tenant, env=info.context.env)
        return RegistrationPolicy.of(product.policy) if product else None

    @strawberry.field(description="Who is logged in with the request's bearer token. Null: nobody.")
    async def viewer(self, info: Info) -> User | None:
        user = await login.signed_in(token=info.context.bearer, env=info.context.env)
        return User.of(user) if user else None
