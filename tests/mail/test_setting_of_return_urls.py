"""A pattern of the setting for return URLs is refused if it is too wide or no origin."""

import pytest
from harness.service import Clock, running
from harness.settings import environment

from server.settings import Settings, SettingsError

# The rules look at the input alone, whatever the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    "setting",
    [
        "https://*",
        "https://*.com",
        "https://*.vercel.app",
        "https://*.ngrok-free.app",
        "https://*.app.github.dev",
        "https://*.co.uk",
        "https://*.com.au",
        "https://*.s3.amazonaws.com",
        "https://*.compute.amazonaws.com",
        "https://*.amazonaws.com",
        "https://*.127.0.0.1",
        "https://shop.example:0",
        "https://shop.example:65536",
        "https://a*.example.com",
        "https://*.*.example.com",
        "http://*.preview.example.com",
        "https://shop.example/verify",
        "https://shop.example?x",
        "https://ada@shop.example",
        "shop.example",
        "ftp://shop.example",
    ],
)
def test_a_pattern_that_is_too_wide_or_no_origin_stops_the_server(setting: str, database_url: str):
    with environment(RETURN_URLS=setting), pytest.raises(SettingsError) as refused:
        Settings.read()

    assert str(refused.value).startswith(f"CONNECTX_RETURN_URLS: {setting} ")


def test_a_pattern_with_the_usual_port_matches_origins_which_leave_it_out(
    settings: dict[str, str], clock: Clock
):
    usual = "https://shop.example:0443,http://localhost:80"
    with running(clock, **settings, RETURN_URLS=usual) as service:
        for page in ("https://shop.example/welcome", "http://localhost/welcome"):
            given = {"name": "Ada", "email": "ada@example.com", "password": "secure_password"}
            answer = service.run("register", input={**given, "returnTo": page}, dryRun=True)
            assert answer["__typename"] == "RegisterDryRunSuccess", page
