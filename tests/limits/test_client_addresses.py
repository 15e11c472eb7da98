"""Who counts as one client: an IPv4 address or an IPv6 /64, as far as proxies are trusted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from harness.postbox import Postbox
from harness.processes import Server, serving

ADDRESS = "ada@example.com"

# Three guesses an hour show who is who; the logins stay as shipped.
TIGHT = {"LIMIT_VERIFY_CLIENT": "3/hour"}


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory, shared_postbox: Postbox) -> Iterator[Server]:
    """A server that believes what a proxy on this machine says of its clients."""
    folder = tmp_path_factory.mktemp("proxied")
    chosen = {"TRUSTED_PROXIES": "127.0.0.1", "SMTP_URL": shared_postbox.url}
    with serving(DATA_DIR=str(folder), **chosen, **TIGHT) as server:
        yield server


def guesses(server: Server, *forwarded: str) -> list[str]:
    """What a wrong code is answered, sent once with each of these `X-Forwarded-For` headers."""
    kinds = []
    for number, header in enumerate(forwarded):
        server.http.headers["x-forwarded-for"] = header
        kinds.append(server.verify("000000", f"person{number}@example.com")["__typename"])
    return kinds


ONE_CLIENT = ["InvalidOtpError"] * 3 + ["RateLimitedError"]
SEVERAL = ["InvalidOtpError"] * 4


def test_a_login_lock_from_one_client_does_not_lock_its_owner_out(
    proxied: Server, shared_postbox: Postbox
):
    proxied.http.headers["x-forwarded-for"] = "203.0.113.200"
    proxied.register()
    proxied.verify(shared_postbox.code(ADDRESS))
    proxied.http.headers["x-forwarded-for"] = "203.0.113.66"
    wrong = [proxied.login(password="wrong_password")["__typename"] for _ in range(10)]
    locked = proxied.login()["__typename"]
    proxied.http.headers["x-forwarded-for"] = "203.0.113.201"

    assert wrong == ["InvalidCredentialsError"] * 10
    assert locked == "RateLimitedError"
    assert proxied.login()["__typename"] == "LoginSuccess"


def test_each_ipv4_address_is_a_client(proxied: Server):
    assert guesses(proxied, *(f"203.0.113.{number}" for number in range(4))) == SEVERAL


def test_all_addresses_of_an_ipv6_64_are_one_client(proxied: Server):
    hosts = ("::1", "::2", ":ffff:ffff:ffff:ffff", ":1::1")

    assert guesses(proxied, *(f"2001:db8:0:1{host}" for host in hosts)) == ONE_CLIENT
    assert guesses(proxied, *(f"2001:db8:0:{site}::1" for site in "2345")) == SEVERAL


def test_an_ipv4_address_written_as_ipv6_is_the_same_client(proxied: Server):
    spellings = ("198.51.100.1", "::ffff:198.51.100.1", "::ffff:c633:6401", "198.51.100.1")

    assert guesses(proxied, *spellings) == ONE_CLIENT


def test_what_a_client_says_of_itself_before_its_proxy_does_is_not_believed(proxied: Server):
    said = [f"192.0.2.{number}, 198.51.100.2" for number in range(4)]

    assert guesses(proxied, *said) == ONE_CLIENT


@pytest.mark.parametrize("trusted", ["", "10.0.0.1"])
def test_a_forwarded_address_from_nobody_that_is_trusted_is_not_believed(
    tmp_path: Path, trusted: str
):
    with serving(DATA_DIR=str(tmp_path), TRUSTED_PROXIES=trusted, **TIGHT) as server:
        kinds = guesses(server, *(f"203.0.113.{number}" for number in range(4)))

    assert kinds == ONE_CLIENT
