"""Counters in Redis or Valkey, as a storage of the `limits` library."""

from typing import TYPE_CHECKING, cast

from limits.aio.storage import RedisStorage
from limits.errors import StorageError

if TYPE_CHECKING:
    from limits.aio.storage.redis.redispy import RedispyBridge
    from redis.asyncio import Redis


class RedisCounters(RedisStorage):
    """Counters whose windows can be restarted in one command."""

    async def restart(self, key: str, seconds: int) -> None:
        """Restarts a window of `seconds` with one hit. A hit meanwhile does not shorten it."""
        bridge = cast("RedispyBridge", self.bridge)  # by `implementation` below
        connection = cast("Redis", bridge.get_connection())
        try:
            await connection.set(bridge.prefixed_key(key), 1, ex=seconds)
        except self.base_exceptions as error:
            raise StorageError(error) from error


def redis_storage(url: str) -> RedisCounters:
    """Counters in Redis or Valkey, at a `redis://` or `rediss://` URL.

    Windows follow that server's clock. Operations raise limits.errors.StorageError in an outage.
    """
    # Slow to import, and only needed with such a URL.
    from redis.asyncio.retry import Retry
    from redis.backoff import NoBackoff

    return RedisCounters(
        f"async+{url}",
        wrap_exceptions=True,
        implementation="redispy",
        key_prefix="connectx",
        # Each pooled connection is dead after a restart of the server: it connects again, once.
        # A hit whose answer was lost counts twice.
        retry=Retry(NoBackoff(), retries=1),  # type: ignore[arg-type] # redis-py takes it as it is
    )
