"""Connections that send bytes as no honest client does, and what they cost the server."""

import base64
import os
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harness.service import Service

MIB = 2**20
HEALTH = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
TEXT, PING, PONG = 0x1, 0x9, 0xA
_FIN, _MASKED, _MASK = 0x80, 0x80, b"\0\0\0\0"


@contextmanager
def dialled(service: Service, sent: bytes = b"") -> Iterator[socket.socket]:
    """A connection over which these bytes have gone."""
    with dial(service, sent) as client:
        yield client


def dial(service: Service, sent: bytes = b"") -> socket.socket:
    address = service.http.base_url
    client = socket.create_connection((address.host, address.port), timeout=15)
    client.sendall(sent)
    return client


def handshake(*headers: bytes, path: bytes = b"/graphql") -> bytes:
    """The request that begins a WebSocket, with these further headers."""
    lines = (
        b"GET %b HTTP/1.1" % path,
        b"Host: x",
        b"Connection: Upgrade",
        b"Upgrade: websocket",
        b"Sec-WebSocket-Version: 13",
        b"Sec-WebSocket-Protocol: graphql-transport-ws",
        b"Sec-WebSocket-Key: %b" % base64.b64encode(os.urandom(16)),
        *headers,
    )
    return b"\r\n".join(lines) + b"\r\n\r\n"


def upgraded(service: Service) -> socket.socket:
    """A WebSocket after its handshake."""
    client = dial(service, handshake())
    assert client.recv(4096).startswith(b"HTTP/1.1 101 ")
    return client


def frame(kind: int, payload: bytes = b"", *, last: bool = True) -> bytes:
    """A client's frame (RFC 6455, 5.2) with less than 64 KiB; its mask changes nothing."""
    first = kind | (_FIN if last else 0)
    if len(payload) < 126:
        return bytes([first, _MASKED | len(payload)]) + _MASK + payload
    return struct.pack("!BBH", first, _MASKED | 126, len(payload)) + _MASK + payload


def rest(client: socket.socket) -> bytes:
    """All that still comes, up to the end of the connection."""
    received = bytearray()
    try:
        while data := client.recv(65_536):
            received += data
    except ConnectionError:
        pass
    return bytes(received)


def healthy(client: socket.socket) -> bool:
    """Whether the server answers HEALTH on this connection; its head and body may come apart."""
    client.sendall(HEALTH)
    received = b""
    while not received.endswith(b"}") and (data := client.recv(4096)):
        received += data
    return received.startswith(b"HTTP/1.1 200 ") and received.endswith(b'{"status":"ok"}')


def trickled(client: socket.socket, byte: bytes = b"a") -> bytes:
    """What comes while this byte is sent ten times a second, up to the end of the connection."""
    client.settimeout(0.1)
    received = bytearray()
    for _ in range(300):
        try:
            client.sendall(byte)
            data = client.recv(65_536)
        except TimeoutError:
            continue
        except ConnectionError:
            return bytes(received) + rest(client)
        if not data:
            return bytes(received)
        received += data
    raise AssertionError("the connection is still open")


def pumped(client: socket.socket, data: bytes, *, most: int) -> int:
    """How many bytes the server takes of these, over and over, before it takes no more."""
    client.settimeout(1)
    sent = 0
    try:
        while sent < most:
            sent += client.send(data)
    except (TimeoutError, ConnectionError):
        pass
    return sent


def memory(pid: int) -> float:
    """MiB that a process has in memory."""
    return _status(pid, "VmRSS")


def peak_memory(pid: int) -> float:
    """MiB that a process has had in memory at most."""
    return _status(pid, "VmHWM")


def _status(pid: int, name: str) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    values = dict(line.split(":", 1) for line in lines)
    return int(values[name].split()[0]) / 1024


def seconds_until_end(client: socket.socket, sent: bytes) -> float:
    """How long the connection lasts while these bytes are sent over and over."""
    begun = time.monotonic()
    pumped_since = 0
    while time.monotonic() - begun < 30:
        try:
            client.settimeout(0.2)
            pumped_since += client.send(sent)
        except TimeoutError:
            continue
        except ConnectionError:
            return time.monotonic() - begun
    raise AssertionError("the connection is still open")
