"""Who asks: the client's network address and its bearer token."""

from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network, ip_address

from starlette.requests import HTTPConnection

_SITE = 64
"""Bits: the smallest network that one IPv6 customer is given (RFC 6177), so that counting by
single addresses would count nobody twice."""


def client_of(connection: HTTPConnection) -> str:
    """An IPv4 address or an IPv6 /64; behind a proxy, what uvicorn made of its trusted headers."""
    return _network(connection.client.host if connection.client else "unknown")


@lru_cache(maxsize=4_096)
def _network(host: str) -> str:
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(IPv6Network((address, _SITE), strict=False))
    return str(address)


def bearer_of(connection: HTTPConnection) -> str | None:
    """The token of `Authorization: Bearer …`, None for anything else."""
    # Not by Starlette's headers, which take an exception for what is missing.
    given = dict(connection.scope["headers"]).get(b"authorization", b"").decode("latin-1")
    scheme, _, token = given.partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None
