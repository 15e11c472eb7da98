import pytest
from harness.crash_rounds import crash
from harness.postbox import Postbox


@pytest.mark.parametrize(
    ("database_url", "workers"), [("sqlite", 1), ("postgres", 2)], indirect=["database_url"]
)
def test_a_killed_server_has_lost_nothing_that_it_answered_and_left_nothing_half_done(
    settings: dict[str, str], postbox: Postbox, workers: int
):
    aftermath = crash(4, workers=workers, settings=settings, postbox=postbox)

    assert aftermath.answered_but_not_stored == set()
    assert aftermath.half_written == set()
    assert aftermath.without_mail == set()
    assert aftermath.not_audited == set()
    assert aftermath.registered > 0
