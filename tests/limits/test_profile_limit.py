"""How often a person may change their profile."""

from typing import Any

from harness.postbox import Postbox
from harness.profiles import with_profile
from harness.service import Clock, running


def test_a_person_may_change_a_profile_as_often_as_the_limit_says(
    settings: dict[str, str], clock: Clock, postbox: Postbox, tmp_path: Any
):
    limited = {"POLICY": with_profile(tmp_path), "LIMIT_PROFILE_ADDRESS": "1/hour"}
    with running(clock, **settings, **limited) as service:
        service.register()
        service.verify(postbox.code("ada@example.com"))
        token = service.login()["accessToken"]
        wrong = service.update_profile(token, name="")
        right = service.update_profile(token, name="Ada King")
        clock.advance(minutes=10)
        refused = service.update_profile(token, name="Countess")
        clock.advance(minutes=50)
        later = service.update_profile(token, name="Countess")

    assert [each["__typename"] for each in (wrong, right, later)] == [
        "InvalidInputError",
        "ProfileUpdated",
        "ProfileUpdated",
    ]
    assert (refused["__typename"], refused["retryAfterSeconds"]) == ("RateLimitedError", 3000)
