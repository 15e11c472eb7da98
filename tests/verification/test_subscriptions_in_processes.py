"""Subscriptions over several workers, through outages of the database, and at the server's end."""

import time
from contextlib import ExitStack

import psutil
import pytest
from harness.database import rows
from harness.npm_subscribers import COMPLETE, PENDING, VERIFIED, Subscribers, subscribed
from harness.polling import eventually
from harness.postbox import Postbox
from harness.postgres import Cluster
from harness.processes import Server, connectx, serving
from harness.settings import SECRET_KEY

ADDRESS = "ada@example.com"
LISTENERS = "SELECT pid FROM pg_stat_activity WHERE application_name = 'connectx listener'"

each_transport = pytest.mark.parametrize("transport", ["ws", "sse"])
postgres = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


def workers_of(server: Server) -> list[psutil.Process]:
    """The processes that have the server's database open."""
    children = psutil.Process(server.pid).children(recursive=True)
    return [child for child in children if child.net_connections("tcp")]


def all_wait(waiting: Subscribers) -> None:
    waiting.all_told(PENDING, patience=30)


@postgres
@each_transport
def test_every_worker_tells_those_who_wait_with_it(
    settings: dict[str, str], postbox: Postbox, database_url: str, transport: str
):
    with serving("--workers", "2", **settings) as server:
        eventually(lambda: len(rows(database_url, LISTENERS)) == 2, "both workers")
        handle = server.register()["verification"]["id"]
        code = postbox.code(ADDRESS)
        with ExitStack() as stack:
            groups = []
            for other in workers_of(server):
                # One at a time takes connections, or the same might take all of them.
                other.suspend()
                group = stack.enter_context(subscribed(transport, server, [handle] * 5))
                all_wait(group)
                other.resume()
                groups.append(group)
            assert len(groups) == 2
            begun = time.monotonic()
            server.verify(code)
            for group in groups:
                group.all_told(PENDING, VERIFIED, COMPLETE)

            assert time.monotonic() - begun < 5, "not by the look that is taken every ten seconds"


@postgres
@each_transport
def test_an_operator_who_verifies_somebody_tells_those_who_wait(
    settings: dict[str, str], database_url: str, transport: str
):
    with serving("--workers", "2", **settings) as server:
        eventually(lambda: len(rows(database_url, LISTENERS)) == 2, "both workers")
        handle = server.register()["verification"]["id"]
        with subscribed(transport, server, [handle] * 5) as waiting:
            all_wait(waiting)
            done = connectx("users", "verify", ADDRESS, **settings)
            verified = time.monotonic()
            waiting.all_told(PENDING, VERIFIED, COMPLETE)

            assert done.returncode == 0, done.stderr
            assert time.monotonic() - verified < 5, "not by the look taken every ten seconds"


@postgres
def test_a_listener_whose_connection_was_ended_listens_again(
    settings: dict[str, str], postbox: Postbox, database_url: str
):
    with serving(**settings) as server:
        eventually(lambda: rows(database_url, LISTENERS), "a listener")
        handle = server.register()["verification"]["id"]
        with subscribed("sse", server, [handle]) as waiting:
            all_wait(waiting)
            first = rows(database_url, LISTENERS)
            rows(database_url, f"SELECT pg_terminate_backend({first[0]['pid']})")
            server.verify(postbox.code(ADDRESS))

            waiting.all_told(PENDING, VERIFIED, COMPLETE)
        eventually(lambda: rows(database_url, LISTENERS) not in (first, []), "another listener")
        # No request goes through the listener, and the outage was told of once.
        assert server.output().count("a task for subscribers is restarted") == 1, server.output()
        assert "Traceback" not in server.output()


@each_transport
def test_who_waits_through_a_restart_of_the_database_is_told_what_happened_meanwhile(
    primary: Cluster, postbox: Postbox, transport: str
):
    url = primary.url("postgres")
    settings = {"DATABASE_URL": url, "SECRET_KEY": SECRET_KEY, "SMTP_URL": postbox.url}
    with serving("--workers", "2", **settings) as server:
        handle = server.register()["verification"]["id"]
        with subscribed(transport, server, [handle] * 10) as waiting:
            all_wait(waiting)
            primary.stop()
            primary.start()
            # Without a notice, as if it had been told while nobody listened.
            rows(url, "UPDATE users SET is_verified = TRUE")

            waiting.all_told(PENDING, VERIFIED, COMPLETE, patience=30)
        eventually(lambda: len(rows(url, LISTENERS)) == 2, "two listeners")
        assert "Traceback" not in server.output()


@pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_server_with_open_subscriptions_ends_at_once_when_it_is_asked_to(
    settings: dict[str, str], database_url: str, workers: str
):
    if workers == "2" and database_url.startswith("sqlite"):
        return  # there is no such server
    with serving("--workers", workers, **settings) as server:
        handle = server.register()["verification"]["id"]
        with (
            subscribed("sse", server, [handle] * 10) as streams,
            subscribed("ws", server, [handle] * 10) as sockets,
        ):
            all_wait(streams)
            all_wait(sockets)
            begun = time.monotonic()
            server.stop()
            seconds = time.monotonic() - begun

            # Nobody is told that it is over: a client that tries again finds another node.
            assert [PENDING, COMPLETE] not in [*streams.told(), *sockets.told()]
        assert seconds < 10
        assert "Traceback" not in server.output(), server.output()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@each_transport
def test_a_client_tries_again_when_the_server_comes_back(
    settings: dict[str, str], postbox: Postbox, transport: str
):
    with serving(**settings) as server:
        port = int(server.url.rpartition(":")[2])
        handle = server.register()["verification"]["id"]
        code = postbox.code(ADDRESS)
        with subscribed(transport, server, [handle]) as waiting:
            all_wait(waiting)
            server.stop()
            with serving(port=port, **settings) as back:
                back.verify(code)

                eventually(lambda: waiting.told()[0][-2:] == [VERIFIED, COMPLETE], "the news")
