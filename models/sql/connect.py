"""Connects to PostgreSQL: to the first of its servers that takes writes."""

from collections.abc import Sequence
from typing import Any

import asyncpg

from models.configuration import Pool, tortoise_config
from models.postgres_url import Host


class ReadOnlyServerError(ConnectionError):
    """The server cannot be used, because it takes no writes. An outage, which may pass."""


def read_only(error: object) -> bool:
    """Whether an error says that a server takes no writes: at the connection, or to a write."""
    errors = (error, getattr(error, "__cause__", None))  # Tortoise translates, with a cause
    return any(isinstance(one, ReadOnlyServerError | _REFUSED_WRITE) for one in errors)


_REFUSED_WRITE = asyncpg.ReadOnlySQLTransactionError


async def connect(url: str, pool: Pool, *, name: str = "connectx") -> Any:
    """A connection beside the pool, with its options; `name` is for pg_stat_activity."""
    options = dict(tortoise_config(url, pool)["connections"]["postgres"]["credentials"])
    del options["minsize"], options["maxsize"]
    settings = {**options["server_settings"], "application_name": name}
    servers = Servers(options.pop("hosts"))
    return await servers.connect(**{**options, "server_settings": settings})


class Servers:
    """The servers of one database, of which one takes writes.

    A server that failed is tried last from then on. So a server that is gone in silence delays the
    first connection, and not each one.
    """

    def __init__(self, hosts: Sequence[Host]) -> None:
        self._hosts = list(hosts)

    async def connect(self, *arguments: Any, **options: Any) -> Any:
        """A new asyncpg connection. `options` are those of asyncpg.connect.

        `timeout` is for each server, unlike asyncpg's own, which the first server could use up.
        Raises the error of the last server.
        """
        failure: Exception = ConnectionError("there is no server")
        for host in tuple(self._hosts):
            try:
                return await asyncpg.connect(*arguments, host=host.name, port=host.port, **options)
            except asyncpg.TargetServerAttributeNotMatched:
                failure = ReadOnlyServerError(
                    f"{host} only reads: it is a standby, or default_transaction_read_only is on"
                )
            except (OSError, asyncpg.CannotConnectNowError) as error:
                failure = error
            except BaseException:  # also the cancellation of a caller who has no time left
                self._try_last(host)
                raise
            self._try_last(host)
        raise failure

    def _try_last(self, host: Host) -> None:
        self._hosts.remove(host)
        self._hosts.append(host)
