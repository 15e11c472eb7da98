"""The queries of the schema."""

from typing import Annotated

import strawberry

from accounts import tenants
from accounts.environment import Product
from accounts.sessions.current import Current, current_session
from accounts.verification import status
from graph.context import Info
from graph.execution.failures import with_time_limit
from graph.types.registration_policy import RegistrationPolicy
from graph.types.user import User, VerificationStatus

VERIFICATION_ID = strawberry.argument(
    description="The `verification.id` from `register` or `requestEmailChange`."
)


@strawberry.type(description="What a client can ask.")
class Query:
    @strawberry.field(
        description="What a registration has to bring. Null: there is no such tenant."
    )
    @with_time_limit
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
        if tenant is None:
            product: Product | None = info.context.env.product
        else:
            product = await tenants.find_product(tenant)
        if product is None:
            return None
        return RegistrationPolicy.of(
            product.policy,
            name=product.display_name,
            branding=info.context.branding,
            language=info.context.language() or "en",
        )

    @strawberry.field(
        description="Who is logged in with the request's token or cookie. Null: nobody."
    )
    @with_time_limit
    async def viewer(self, info: Info) -> User | None:
        current = await current_session(token=info.context.bearer, env=info.context.env)
        return User.of(current.user, env=info.context.env) if isinstance(current, Current) else None

    @strawberry.field(
        description="How a verification stands. Null: there is none with this id, or it ended more "
        "than 30 days ago."
    )
    @with_time_limit
    async def verification_status(
        self, info: Info, id: Annotated[strawberry.ID, VERIFICATION_ID]
    ) -> VerificationStatus | None:
        found = await status.status(verification_id=id, env=info.context.env)
        return VerificationStatus(found) if found is not None else None
