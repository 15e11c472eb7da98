"""What requests take in all that are not whole yet."""

from contextlib import ExitStack

from harness.polling import eventually
from harness.processes import Server
from harness.raw_connections import dialled, memory, rest

# Long enough to send all bodies before the first one is overdue.
SETTINGS = {"CLIENT_TIMEOUT": "5", "LOG_LEVEL": "error"}

BODY = (
    b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    b"Content-Length: 60000\r\n\r\n"
)


def test_bodies_that_are_held_are_bounded_in_all_and_the_oldest_makes_room(server: Server):
    before = memory(server.pid)
    with ExitStack() as stack:
        slow = [stack.enter_context(dialled(server, BODY + b" " * 59_000)) for _ in range(600)]
        assert server.http.get("/healthz").status_code == 200
        first = rest(slow[0])
        assert first.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after: 1\r\n" in first

        assert memory(server.pid) - before < 80
        last = rest(slow[-1])
        assert last.startswith(b"HTTP/1.1 408 ")
    eventually(lambda: memory(server.pid) - before < 30, "the memory of those who are gone")


def test_an_honest_body_in_two_parts_is_answered_beside_a_thousand_slow_ones(server: Server):
    body = b'{"query": "{ __typename }"}'
    head = BODY.replace(b"60000", b"%d" % len(body))
    with ExitStack() as stack:
        for _ in range(1_000):
            stack.enter_context(dialled(server, BODY + b" " * 50_000))
        honest = stack.enter_context(dialled(server, head + body[:10]))
        honest.sendall(body[10:])

        assert honest.recv(4096).startswith(b"HTTP/1.1 200 ")
