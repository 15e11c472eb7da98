"""The dependencies of the operations, provided by the composition root."""

from collections.abc import Callable, Container
from dataclasses import dataclass, field
from datetime import datetime

from accounts.breached.look_up import BreachedPasswords
from accounts.hashing.hasher import Hasher
from accounts.keyring import Keyring
from accounts.limits.counters import DatabaseStorage
from accounts.limits.rules import RateLimiter
from accounts.policies.policy import Policy
from accounts.return_urls import ReturnUrls
from accounts.sessions.account_subscribers import AccountSubscribers
from accounts.verification.subscribers import Subscribers
from models import Tenant


@dataclass(frozen=True)
class Product:
    """Where a person registers: a tenant, or the deployment itself if `tenant` is None."""

    tenant: Tenant | None
    name: str
    policy: Policy

    @property
    def display_name(self) -> str:
        """The name that people read: a tenant may have another one for it than its own."""
        return (self.tenant and self.tenant.display_name) or self.name


@dataclass(frozen=True)
class Environment:
    """The dependencies of the operations. Tests provide their own and patch nothing.

    `counters` counts wrong codes. By another count, a single process runs the hourly sweep. These
    counts are in the database even if those of `rate_limiter` are in Redis: a code is used, and its
    count checked, in one transaction.
    """

    clock: Callable[[], datetime]
    keys: Keyring
    hasher: Hasher
    rate_limiter: RateLimiter
    counters: DatabaseStorage
    product: Product
    """The deployment's own product."""
    subscribers: Subscribers
    account_subscribers: AccountSubscribers
    breached: BreachedPasswords | None
    """What new passwords are looked up in; None if the deployment has no list."""
    wake_mail_worker: Callable[[], None]
    """Called after a commit that stored a mail or a decoy, so that a mail is sent at once."""
    issuer: str = ""
    """The server's public URL: the `iss` of service tokens. Commands issue none."""
    return_urls: ReturnUrls = field(default_factory=ReturnUrls)
    """Pages of frontends to which the links in mails may lead, if a request names one."""
    test_addresses: Container[str] = frozenset()
    """Canonical addresses that get no mail, and have codes that tests can compute."""

    def close(self) -> None:
        """Ends threads and connections."""
        self.hasher.close()
        if self.breached is not None:
            self.breached.close()
