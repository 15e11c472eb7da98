"""What operators read of requests for a reset. Clients get one answer for every address."""

from harness.audit_rows import ENTRIES
from harness.database import rows
from harness.processes import connectx
from harness.service import Clock, running


def test_the_audit_tells_what_came_of_each_request_for_a_reset(
    settings: dict[str, str], clock: Clock, database_url: str
):
    with running(clock, **settings, LIMIT_MAIL_ADDRESS="2/day") as service:
        service.register()
        answers = []
        for address in ("ada@example.com", "ada@example.com", "nobody@example.org"):
            clock.advance(minutes=1)
            answers.append(service.request_reset(address).keys())
        disabled = connectx("users", "disable", "ada@example.com", **settings)
        assert disabled.returncode == 0, disabled.stderr
        for _ in range(3):  # decoys have a count of their own, which is full at the third
            clock.advance(minutes=1)
            answers.append(service.request_reset().keys())

    assert [
        (entry["subject"], entry["detail"])
        for entry in rows(database_url, ENTRIES)
        if entry["action"] == "reset_requested"
    ] == [
        ("a***@example.com", "mail queued"),
        ("a***@example.com", "mail limit reached"),
        ("n***@example.org", "no account"),
        *[("a***@example.com", "account disabled")] * 3,
    ]
    assert all(answer == answers[0] for answer in answers)
