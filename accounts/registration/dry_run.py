"""Checks the input of a registration as `register` does, and registers nobody."""

from dataclasses import dataclass, field
from typing import TypeAlias

from accounts.addresses import suggested_address
from accounts.client import Client
from accounts.environment import Environment
from accounts.limits.rules import Hit, RateLimited
from accounts.problems import InvalidInput, TenantNotFound
from accounts.registration.input import Candidate, check, product_of_candidate


@dataclass(frozen=True)
class DryRunPassed:
    """The policy allows the input. Whether the address is taken is not looked up."""

    did_you_mean: str | None = field(repr=False)


DryRunOutcome: TypeAlias = DryRunPassed | InvalidInput | RateLimited


async def check_registration(
    *, candidate: Candidate, client: Client, env: Environment
) -> DryRunOutcome:
    """All rejected fields of the candidate. Nothing is hashed, stored or mailed.

    It counts against a limit of its own, so that forms can ask while a person types.
    """
    refused = await env.rate_limiter.hit(Hit("dry_run_client", client.key))
    if refused is not None:
        return refused
    product = await product_of_candidate(candidate, env=env)
    if product is None:
        return InvalidInput((TenantNotFound(),))
    accepted = await check(candidate, policy=product.policy, env=env)
    if isinstance(accepted, InvalidInput):
        return accepted
    return DryRunPassed(suggested_address(accepted.email))
