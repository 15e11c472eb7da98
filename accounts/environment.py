"""What the operations need of the world, handed in by whoever composes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from limits.aio.storage import Storage

from accounts.hashing.hasher import Hasher
from accounts.keyring import Keyring
from accounts.limits.rules import RateLimiter
from accounts.policies import Policy
from accounts.verification.subscribers import Subscribers
from models import Tenant


@dataclass(frozen=True)
class Product:
    """Where a person registers: a tenant, or the deployment itself (`tenant` is None)."""

    tenant: Tenant | None
    name: str
    policy: Policy


@dataclass(frozen=True)
class Environment:
    """The world as `accounts` sees it; tests hand in another one and patch nothing.

    `counters` has the guesses of codes. It is always the database, wherever `rate_limiter` counts,
    as a code may be redeemed only together with its count.
    """

    clock: Callable[[], datetime]
    keys: Keyring
    hasher: Hasher
    rate_limiter: RateLimiter
    counters: Storage
    product: Product
    """The deployment's own."""
    subscribers: Subscribers
    mail_queued: Callable[[], None]
    """Called after a commit that queued a mail, so that it leaves at once."""
