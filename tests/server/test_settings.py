"""What an operator cannot set by mistake."""

import pytest
from harness.processes import connectx
from harness.settings import environment

from accounts.limits.redis_counters import redis_storage
from server.settings import Settings, SettingsError


@pytest.mark.parametrize("proxies", ["*", "everybody", "10.0.0.0/33"])
def test_a_proxy_that_is_no_address_is_not_trusted(proxies: str):
    answer = connectx("policies", TRUSTED_PROXIES=proxies)

    assert answer.returncode == 2
    assert answer.stderr.startswith("CONNECTX_TRUSTED_PROXIES: takes addresses and networks")


@pytest.mark.parametrize(
    "url",
    [
        "redis://:se/cret-42@cache:6379",
        "redis://:se#cret-42@cache:6379",
        "redis://:cret-42@cache:66666",
        "redis://:cret-42@cache\u2100:6379",
        "redis://",
        "memcached://:cret-42@cache:11211",
    ],
)
def test_a_url_of_redis_that_cannot_be_read_is_refused_without_its_password(url: str):
    with environment(RATE_LIMIT_URL=url), pytest.raises(SettingsError) as refused:
        Settings.read()

    assert str(refused.value) == (
        "CONNECTX_RATE_LIMIT_URL: takes a URL such as redis://host:6379/0 or rediss://…; special "
        "characters in user and password are percent-encoded"
    )


def test_a_url_of_redis_has_the_usual_port_if_it_names_none():
    with environment(RATE_LIMIT_URL="rediss://:secret@cache/1"):
        url = Settings.read().rate_limit_url

    assert url is not None
    assert url.get_secret_value() == "rediss://:secret@cache:6379/1"
    redis_storage(url.get_secret_value())  # without a port it raises


@pytest.mark.parametrize("end", ["/#/", "/?x=1", "#"])
def test_a_public_url_that_no_path_can_be_added_to_is_refused(end: str):
    result = connectx("policies", PUBLIC_URL=f"https://id.example.com{end}")

    assert result.returncode == 2
    assert result.stderr.startswith("CONNECTX_PUBLIC_URL: takes an address without ? and #")
