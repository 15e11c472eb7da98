"""Tells an operator what connectx needs behind a pooler, such as PgBouncer."""

import asyncpg

from models.configuration import dialect_of
from models.postgres_url import parse_postgres_url
from models.sql.pooler import find_pooler, is_pooled
from server.settings import Settings, SettingsError

CACHE = (
    "CONNECTX_DATABASE_URL leads to a pooler that pools by transaction and keeps no prepared "
    "statements. Add the option statement_cache_size=0 to the URL."
)
STARTUP = (
    "CONNECTX_DATABASE_URL leads to a pooler that refuses statement_timeout. Add "
    "ignore_startup_parameters = statement_timeout to the configuration of PgBouncer."
)
TRANSACTIONS = (
    "CONNECTX_DATABASE_URL leads to a pooler that pools by statement and refuses transactions. Set "
    "pool_mode = transaction in the configuration of PgBouncer."
)
DIRECT = (
    "CONNECTX_DATABASE_URL leads to a pooler that pools by transaction, which passes on no "
    "notifications: who waits for a verification is told within ten seconds. Set "
    "CONNECTX_DATABASE_DIRECT_URL to the address of PostgreSQL itself."
)


async def check_pooler(settings: Settings) -> str | None:
    """What would be better for the connected database; None without a pooler by transaction.

    Raises SettingsError if the pooler cannot be used as it is.
    """
    if dialect_of(settings.database) == "sqlite":
        return None
    try:
        if not await is_pooled():
            return None
        pooler = await find_pooler(settings.database, settings.pool)
    except asyncpg.PostgresConnectionError as error:
        if "startup parameter" in str(error):
            raise SettingsError(STARTUP) from None
        if "statement pooling mode" in str(error):
            raise SettingsError(TRANSACTIONS) from None
        raise
    if not pooler.keeps_statements and parse_postgres_url(settings.database).statement_cache_size:
        raise SettingsError(CACHE)
    return DIRECT if pooler.by_transaction and settings.database_direct_url is None else None
