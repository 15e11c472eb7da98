"""What the development mailbox shows, without a browser."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from bs4 import BeautifulSoup
from harness.mail_worker import queue
from harness.messages import LINK, compose, draft, letter

from mail import mailbox
from mail.compose import Draft
from mail.transport import Message
from mail.worker import MailWorker
from models import OutgoingMail


async def test_the_mailbox_shows_sent_mails_newest_first_with_the_same_content(database, clock):
    await queue(clock, "old@example.com", code="111111")
    clock.advance(seconds=1)
    await queue(clock, "new@example.com", code="222222")
    sent: dict[str, Message] = {}

    async def remember(mails: Sequence[OutgoingMail]) -> Mapping[UUID, Draft]:
        sent.update({mail.recipient: draft(mail) for mail in mails})
        return await compose(mails)

    await MailWorker(
        transport=mailbox.MailboxTransport(), compose=remember, clock=clock
    ).deliver_due()
    await queue(clock, "waiting@example.com")

    shown = await mailbox.latest(compose=compose)

    assert [mail.message for mail in shown] == [sent["new@example.com"], sent["old@example.com"]]
    assert [mail.message.code for mail in shown] == ["222222", "111111"]
    assert await mailbox.find(shown[0].id, compose=compose) == shown[0]
    assert len(await mailbox.latest(compose=compose, limit=1)) == 1


async def test_the_mailbox_finds_no_mail_that_was_not_sent(database, clock):
    [mail] = await queue(clock, "waiting@example.com")

    assert await mailbox.find(mail.id, compose=compose) is None


def test_the_page_has_no_inline_script_or_style_and_no_remote_content(clock):
    [mail] = [mailbox.ShownMail(id="1", sent_at=clock(), message=letter(code="123456", link=LINK))]

    page = BeautifulSoup(mailbox.mailbox_page([mail]), "html.parser")

    assert not page.find_all("style")
    assert not page.find_all(style=True)
    assert [tag["src"] for tag in page.find_all(src=True)] == [
        "/mailbox/static/mailbox.js",
        "/mailbox/1",
    ]
    assert page.find("script").get_text() == ""
    assert page.select_one("[data-copy]")["data-copy"] == "123456"
    assert page.find("article").find("a")["href"] == LINK


def test_the_page_shows_a_subject_and_does_not_obey_it(clock):
    mail = mailbox.ShownMail(id="1", sent_at=clock(), message=letter(subject="<script>x</script>"))

    assert "<script>x" not in mailbox.mailbox_list([mail])


def test_an_empty_mailbox_says_how_to_fill_it():
    page = BeautifulSoup(mailbox.mailbox_page([]), "html.parser")

    empty = page.select_one(".empty")
    assert empty.get_text() == "No mail yet. Register somebody and it appears here."
    assert "hidden" not in empty.attrs
