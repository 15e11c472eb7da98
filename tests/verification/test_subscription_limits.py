"""How many may wait for verifications at once, over either transport."""

import pytest
from harness.npm_subscribers import COMPLETE, PENDING, VERIFIED, subscribed
from harness.polling import eventually
from harness.postbox import Postbox
from harness.processes import refused_start
from harness.service import running

sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@sqlite
@pytest.mark.parametrize("transport", ["ws", "sse"])
@pytest.mark.parametrize("limit", ["SUBSCRIPTIONS", "SUBSCRIPTIONS_PER_CLIENT"])
def test_one_subscription_too_many_is_an_error_and_its_place_is_free_again_later(
    settings: dict[str, str], postbox: Postbox, transport: str, limit: str
):
    error = {
        "message": "Too many subscriptions are open. Close one, or try again later.",
        "extensions": {"code": "TOO_MANY_SUBSCRIPTIONS"},
    }
    # One more socket than subscriptions would be another error: see test_websockets.py.
    with running(**settings, **{limit: "2"}) as service:
        handle = service.register()["verification"]["id"]
        with subscribed("sse", service, [handle] * 2) as first:
            first.all_told(PENDING)
            with subscribed(transport, service, [handle]) as another:
                eventually(lambda: another.told() != [[]], "a refusal")
                assert another.told()[0][0] == ["error", [error]]
            service.verify(postbox.code("ada@example.com"))
            first.all_told(PENDING, VERIFIED, COMPLETE)
        with subscribed(transport, service, [handle] * 2) as again:
            again.all_told(VERIFIED, COMPLETE)


@sqlite
def test_whoever_is_gone_holds_no_place(settings: dict[str, str]):
    with running(**settings, SUBSCRIPTIONS_PER_CLIENT="1") as service:
        handle = service.register()["verification"]["id"]
        for transport in ("sse", "ws", "sse"):

            def waits(transport: str = transport) -> bool:
                with subscribed(transport, service, [handle]) as waiting:
                    eventually(lambda: waiting.told() != [[]], "an answer")
                    return waiting.told()[0] == [PENDING]

            eventually(waits, "a place")


def test_a_limit_of_nothing_is_refused_at_the_start():
    result = refused_start(SUBSCRIPTIONS="0", SUBSCRIPTIONS_PER_CLIENT="none")

    assert result.returncode == 2
    assert result.stderr.splitlines() == [
        "CONNECTX_SUBSCRIPTIONS: Input should be greater than or equal to 1",
        (
            "CONNECTX_SUBSCRIPTIONS_PER_CLIENT: Input should be a valid integer, unable to parse "
            "string as an integer"
        ),
    ]
