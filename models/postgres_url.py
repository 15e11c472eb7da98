"""Parses `postgres://` URLs: one or more servers, and those options of libpq that apply here."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

_OPTIONS = (
    "host",
    "port",
    "target_session_attrs",
    "connect_timeout",
    "sslmode",
    "sslrootcert",
    "sslcert",
    "sslkey",
    "sslcrl",
    "statement_cache_size",
)
_SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
_SESSIONS = ("read-write", "primary", "any")
_ENCODE = "write : / ? # @ and % in a user or password as %3A %2F %3F %23 %40 and %25"


class Host(NamedTuple):
    """Where a server listens. `name` is the folder of a Unix socket if it begins with a slash."""

    name: str
    port: int

    def __str__(self) -> str:
        return self.name if self.name.startswith("/") else f"{self.name}:{self.port}"


@dataclass(frozen=True)
class PostgresUrl:
    """What a URL says. Read it with `parse`."""

    hosts: tuple[Host, ...]
    """In the order in which to try them."""
    user: str | None
    password: str | None = field(repr=False)
    database: str | None
    tls: str
    """The options of TLS, as a URL for asyncpg that has nothing else."""
    sessions: str
    """libpq's target_session_attrs: which servers may be used."""
    connect_timeout: float | None
    """Seconds for each host."""
    statement_cache_size: int


def parse_postgres_url(url: str) -> PostgresUrl:
    """Parses a URL. Raises ValueError, whose message contains neither user nor password."""
    try:
        parts = urlsplit(url)
    except ValueError:  # it can have the password
        raise ValueError(f"a database URL cannot be read; {_ENCODE}") from None
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if unknown := sorted(options.keys() - set(_OPTIONS)):
        # A question mark in a password would make a part of it look like an option.
        named = unknown[0] if unknown[0].isidentifier() and "@" not in parts.query else None
        what = f"not {named}" if named else f"and no others; {_ENCODE}"
        raise ValueError(f"a database URL takes the options {', '.join(_OPTIONS)}, {what}")
    user, _, password = parts.netloc.rpartition("@")[0].partition(":")
    return PostgresUrl(
        hosts=_hosts(parts.netloc.rpartition("@")[2], options),
        user=unquote(user) or None,
        password=unquote(password) or None,
        database=unquote(parts.path.lstrip("/")) or None,
        tls=_tls(options),
        sessions=_one_of(_SESSIONS, options.get("target_session_attrs", "read-write"), _WRITES),
        connect_timeout=_seconds(options.get("connect_timeout")),
        statement_cache_size=_count(options.get("statement_cache_size", "100")),
    )


_WRITES = "target_session_attrs, because connectx writes,"


def _hosts(written: str, options: Mapping[str, str]) -> tuple[Host, ...]:
    # The folder of a Unix socket is given as ?host=/run/postgresql, as in libpq's URLs.
    given = options.get("host")
    found = [(name, "") for name in given.split(",")] if given else _written_hosts(written)
    ports = options["port"].split(",") if options.get("port") else ["5432"]
    if len(ports) == 1:
        ports *= len(found)
    if len(ports) != len(found):
        raise ValueError("the option port of a database URL takes one port, or one for each host")
    return tuple(
        Host(unquote(name) or "localhost", _port(port or other))
        for (name, port), other in zip(found, ports, strict=True)
    )


def _written_hosts(written: str) -> list[tuple[str, str]]:
    found = []
    for each in written.split(","):
        name, _, rest = each[1:].partition("]") if each.startswith("[") else ("", "", each)
        before, _, port = rest.partition(":")
        found.append((name or before, port))
    return found


def _port(port: str) -> int:
    if not port.isdecimal() or not 0 < int(port) < 65_536:  # noqa: PLR2004 - as in TCP
        raise ValueError(f"a port of a database URL is not a number from 1 to 65535; {_ENCODE}")
    return int(port)


def _tls(options: Mapping[str, str]) -> str:
    """Checks the options of TLS, so that a wrong one is reported at the start."""
    chosen = {name: value for name, value in options.items() if name.startswith("ssl")}
    if "sslmode" in chosen:
        _one_of(_SSL_MODES, chosen["sslmode"], "sslmode of a database URL")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    for name in ("sslrootcert", "sslcrl"):
        if name in chosen:
            _load(name, lambda name=name: context.load_verify_locations(cafile=chosen[name]))
    if "sslcert" in chosen:
        key = chosen.get("sslkey")
        _load(
            "sslcert and sslkey",
            # A key with a passphrase would ask for it on the terminal.
            lambda: context.load_cert_chain(chosen["sslcert"], key, password=lambda: ""),
        )
    elif "sslkey" in chosen:
        raise ValueError("a database URL with sslkey needs sslcert as well")
    return f"postgres://?{urlencode(chosen)}" if chosen else "postgres://"


def _load(name: str, load: object) -> None:
    try:
        load()  # type: ignore[operator]
    except OSError as error:
        why = error.strerror if not isinstance(error, ssl.SSLError) else "no such PEM file"
        raise ValueError(f"{name} of a database URL cannot be used: {why}") from None


def _one_of(values: tuple[str, ...], value: str, name: str) -> str:
    if value not in values:
        raise ValueError(f"{name} takes one of {', '.join(values)}")
    return value


def _seconds(written: str | None) -> float | None:
    if written is None:
        return None
    if not written.isdecimal() or not int(written):
        raise ValueError("connect_timeout of a database URL takes whole seconds, at least 1")
    return float(written)


def _count(written: str) -> int:
    if not written.isdecimal():
        raise ValueError("statement_cache_size of a database URL takes a number; 0 for none")
    return int(written)
