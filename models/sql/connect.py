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


def end_if_it_only_reads(connection: Any, error: object) -> None:
    """Ends a connection if its server refuses writes: the pool then connects anew."""
    if error is not None and read_only(error):
        connection.terminate()


async def connect(url: str, pool: Pool, *, name: str = "connectx") -> Any:
    """A connection beside the pool, with its options; `name` is for pg_stat_activity."""
    options = dict(tortoise_config(url, pool)["connections"]["postgres"]["credentials"])
    del options["minsize"], options["maxsize"]
    settings = {**options["server_settings"], "application_name": name}
    servers = Servers(options.pop("hosts"))
    connection, _ = await servers.connect(**{**options, "server_settings": settings})
    return connection


async def create_pool(*, hosts: Sequence[Host], **options: Any) -> Any:
    """A pool that connects to the server of `hosts` that takes writes.

    If a server does not answer, all connections are made anew, and to it last. `options` are those
    of asyncpg.create_pool. The attribute `on_silence` of each connection is set to what does this.
    """
    servers = Servers(hosts)

    async def open_connection(*arguments: Any, **chosen: Any) -> Any:
        connection, host = await servers.connect(*arguments, **chosen)

        async def leave() -> None:
            servers.try_last(host)
            await pool.expire_connections()

        connection.on_silence = leave
        return connection

    pool = await asyncpg.create_pool(connect=open_connection, **options)
    return pool


class Servers:
    """The servers of one database, of which one takes writes.

    A server that failed is tried last from then on. So a server that does not answer delays the
    first connection, and not each one.
    """

    def __init__(self, hosts: Sequence[Host]) -> None:
        self._hosts = list(hosts)

    async def connect(self, *arguments: Any, **options: Any) -> tuple[Any, Host]:
        """A new asyncpg connection, and its server. `options` are those of asyncpg.connect.

        `timeout` is for each server, unlike asyncpg's own, which the first server could use up.
        Raises the error of the last server.
        """
        failure: Exception = ConnectionError("there is no server")
        for host in tuple(self._hosts):
            try:
                place = {"host": host.name, "port": host.port}
                return await asyncpg.connect(*arguments, **place, **options), host
            except asyncpg.TargetServerAttributeNotMatched:
                failure = ReadOnlyServerError(
                    f"{host} only reads: it is a standby, or default_transaction_read_only is on"
                )
            except (OSError, asyncpg.CannotConnectNowError) as error:
                failure = error
            except BaseException:  # also the cancellation of a caller who has no time left
                self.try_last(host)
                raise
            self.try_last(host)
        raise failure

    def try_last(self, host: Host) -> None:
        """Connects to this server only if no other one takes writes."""
        self._hosts.remove(host)
        self._hosts.append(host)
