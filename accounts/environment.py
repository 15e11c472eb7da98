"""What the operations need of the world, handed in by whoever composes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from limits.aio.storage import Storage

from accounts.codes import Keyring
from accounts.hashing import Hasher
from accounts.policies import Policy
from accounts.throttle import Throttle
from accounts.waiting import WaitingRoom


@dataclass(frozen=True)
class Environment:
    """The world as `accounts` sees it; tests hand in another one and patch nothing.

    `counters` has the guesses of codes. It is always the database, wherever `throttle` counts, as a
    code may be spent only together with its count.
    """

    clock: Callable[[], datetime]
    keys: Keyring
    hasher: Hasher
    throttle: Throttle
    counters: Storage
    default_policy: Policy
    product_name: str
    waiting: WaitingRoom
    mail_queued: Callable[[], None]
    """Called after a commit that queued a mail, so that it leaves at once."""
