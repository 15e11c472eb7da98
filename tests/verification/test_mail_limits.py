"""How many mails one address gets over all operations, with the numbers that ship."""

from harness.database import rows
from harness.polling import eventually
from harness.postbox import Postbox
from harness.service import Clock, Service, running

ADDRESS = "ada@example.com"
QUEUED = "SELECT id FROM outgoing_mails WHERE state = 'queued'"


def mails(postbox: Postbox, database_url: str) -> int:
    """How many Ada has had, once all that were queued have left."""
    eventually(lambda: not rows(database_url, QUEUED), "an empty queue")
    return len(postbox.sent_to(ADDRESS))


def test_an_address_gets_five_mails_an_hour_over_register_and_resend(
    service: Service, postbox: Postbox, database_url: str
):
    service.register()
    kinds = []
    for _ in range(5):
        service.clock.advance(minutes=1)
        kinds.append(service.resend()["__typename"])

    # Nobody learns from the answer whether an address gets mails; its newest code goes on to work.
    assert kinds == ["ResendVerificationSuccess"] * 5
    assert mails(postbox, database_url) == 5
    assert service.verify(postbox.code(ADDRESS))["__typename"] == "VerifyEmailSuccess"


def test_an_address_gets_ten_mails_a_day_over_register_and_resend(
    service: Service, postbox: Postbox, database_url: str
):
    service.register()
    sent = []
    for _ in range(5):
        for _ in range(4):
            service.clock.advance(minutes=1)
            assert service.resend()["__typename"] == "ResendVerificationSuccess"
        sent.append(mails(postbox, database_url))
        service.clock.advance(hours=2)
    service.clock.now = Clock().now
    service.clock.advance(days=1)
    service.resend()

    assert sent == [5, 9, 10, 10, 10]
    assert mails(postbox, database_url) == 11


def stored(database_url: str) -> list[object]:
    users = rows(database_url, "SELECT id, email, password_hash FROM users")
    return [users, *rows(database_url, "SELECT id, user_id FROM email_verifications")]


def test_a_registration_beyond_the_mails_of_its_address_changes_nothing(
    settings: dict[str, str], clock: Clock, database_url: str
):
    with running(clock, **settings, LIMIT_MAIL_ADDRESS="1/day") as service:
        service.register()
        clock.advance(minutes=11)  # whoever registers next may have the address
        before = stored(database_url)

        answer = service.register(password="another_password")

    assert answer == {
        "__typename": "RateLimitedError",
        "message": "Too many requests. Please try again later.",
        "retryAfterSeconds": 24 * 3600 - 660,
    }
    assert stored(database_url) == before
