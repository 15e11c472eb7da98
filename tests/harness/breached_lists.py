"""Lists of breached passwords: as a file, and as a service that a test makes fail."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha1
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from harness.metrics_scrapes import samples
from harness.service import Service

from accounts.breached.build import build

PADDING = 20
"""Lines of an answer that stand for nothing."""


def digits(password: str) -> str:
    return sha1(password.encode()).hexdigest().upper()


def written(path: Path, *passwords: str, end: str = "\r\n") -> Path:
    """A list as it is downloaded."""
    lines = sorted(f"{digits(password)}:{len(password)}" for password in passwords)
    path.write_text("".join(line + end for line in lines), newline="")
    return path


def built(folder: Path, *passwords: str) -> Path:
    """The file of a list."""
    output = folder / "breached.bin"
    build(written(folder / "list.txt", *passwords), output, progress=lambda _: None)
    return output


class RangeService:
    """A service that knows some passwords. `answer` replaces what it says."""

    def __init__(self, *passwords: str) -> None:
        self.known = [digits(password) for password in passwords]
        self.asked: list[tuple[str, dict[str, str]]] = []
        """The path and the headers of each request."""
        self.connections = 0
        self.answer: tuple[int, str] | None = None
        self.hangs = False
        self.closes = False
        """Whether it ends a connection after an answer, without having said so."""
        self.url = ""
        self.released = threading.Event()

    def lines(self, prefix: str) -> str:
        found = [f"{each[5:]}:{7}" for each in self.known if each.startswith(prefix)]
        padding = [f"{number:035X}:0" for number in range(PADDING)]
        return "\r\n".join(sorted(found + padding))


@contextmanager
def range_service(*passwords: str, tls: ssl.SSLContext | None = None) -> Iterator[RangeService]:
    service = RangeService(*passwords)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # keeps connections

        def setup(self) -> None:
            service.connections += 1
            super().setup()

        def do_GET(self) -> None:
            service.asked.append((self.path, dict(self.headers.items())))
            if service.hangs:
                service.released.wait()
            status, text = service.answer or (200, service.lines(self.path[-5:]))
            self.send_response(status)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())
            self.close_connection = service.closes

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    service.url = f"{'http' if tls is None else 'https'}://127.0.0.1:{server.server_port}/range/"
    try:
        yield service
    finally:
        service.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


BREACHED, UNHEARD = "correct horse battery staple", "secure_password"
ERROR = {
    "__typename": "PasswordBreachedError",
    "field": "password",
    "message": "Password is known from a data breach. Choose another one.",
}


def looked_up(service: Service) -> dict[str, float]:
    """How many look-ups there were, by what came of them."""
    name = "connectx_breached_lookups_total"
    return {key[1]: count for key, count in samples(service.url).items() if key[0] == name}


def errors(answer: dict[str, object]) -> object:
    """The rejected fields of an answer that has some."""
    assert answer["__typename"] == "InvalidInputError", answer
    return answer["errors"]
