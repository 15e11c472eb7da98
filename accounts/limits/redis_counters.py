"""Counters in Redis or Valkey, as a storage of the `limits` library."""

from limits.aio.storage import RedisStorage, Storage


def redis_storage(url: str) -> Storage:
    """Counters in Redis or Valkey, at a `redis://` or `rediss://` URL.

    Windows follow that server's clock. Operations raise limits.errors.StorageError in an outage.
    """
    # Slow to import, and only needed with such a URL.
    from redis.asyncio.retry import Retry
    from redis.backoff import NoBackoff

    return RedisStorage(
        f"async+{url}",
        wrap_exceptions=True,
        implementation="redispy",
        key_prefix="connectx",
        # Each pooled connection is dead after a restart of the server: it connects again, once.
        # A hit whose answer was lost counts twice.
        retry=Retry(NoBackoff(), retries=1),  # type: ignore[arg-type] # redis-py takes it as it is
    )
