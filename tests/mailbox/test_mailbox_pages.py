"""What the development mailbox shows, without a browser."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from bs4 import BeautifulSoup
from harness.mail_worker import queue
from harness.messages import LINK, SENDER, compose, draft, letter
from harness.service import Clock

from mail.mail_transport import Message
from mail.mailbox import kept_mails, views
from mail.mailbox.kept_mails import Recipients
from mail.mailbox.views import View
from mail.message.compose import Render
from mail.message.mime import Sender
from mail.worker import MailWorker
from models import OutgoingMail

FROM = Sender.of(SENDER)
soup = partial(BeautifulSoup, features="html.parser")


async def test_the_mailbox_shows_sent_mails_newest_first_with_the_same_content(database, clock):
    await queue(clock, "old@example.com", code="111111")
    clock.advance(seconds=1)
    await queue(clock, "new@example.com", code="222222")
    sent: dict[str, Message] = {}

    async def remember(mails: Sequence[OutgoingMail]) -> Mapping[UUID, Render]:
        sent.update({mail.recipient: draft(mail) for mail in mails})
        return await compose(mails)

    await MailWorker(
        transport=kept_mails.MailboxTransport(), compose=remember, clock=clock
    ).deliver_due()
    await queue(clock, "waiting@example.com")

    newest = await kept_mails.newest()
    shown = await kept_mails.compose_again(newest, compose=compose)

    assert [mail.message for mail in shown] == [sent["new@example.com"], sent["old@example.com"]]
    assert [mail.message.code for mail in shown] == ["222222", "111111"]
    assert await kept_mails.find(shown[0].id, compose=compose) == shown[0]
    assert len(await kept_mails.newest(limit=1)) == 1
    old = await kept_mails.newest(Recipients((" OLD@",)))
    assert [mail.recipient for mail in old] == ["old@example.com"]
    assert await kept_mails.newest(Recipients(("%",))) == []


async def test_the_mailbox_finds_no_mail_that_was_not_sent(database, clock):
    [mail] = await queue(clock, "waiting@example.com")

    assert await kept_mails.find(mail.id, compose=compose) is None


def view(clock: Clock, **changes: Any) -> View:
    mail = kept_mails.ShownMail(id="1", sent_at=clock(), message=letter(**changes))
    return View([mail], mail)


def test_the_page_has_no_inline_script_or_style_and_no_remote_content(clock):
    text = f"Open {LINK} or\nhttps://shop.example/in"

    page = soup(views.page(view(clock, code="123456", link=LINK, text=text), sender=FROM))

    assert not page.find_all("style")
    assert not page.find_all(style=True)
    assert [tag["src"] for tag in page.find_all(src=True)] == [
        "/mailbox/static/mailbox.js",
        "/mailbox/1",
    ]
    assert page.find("script").get_text() == ""
    links = [LINK, "https://shop.example/in"]
    assert [tag["data-copy"] for tag in page.select("[data-copy]")] == ["123456", *links]
    assert [tag["href"] for tag in page.select("article .open")] == links
    # What the mail is for stands out, and a way to say "it was not me" does not.
    assert [tag["href"] for tag in page.select("article .open:not(.plain)")] == [LINK]


def test_the_page_shows_a_subject_and_does_not_obey_it(clock):
    hostile = view(clock, subject="<script>x</script>")

    assert "<script>x" not in views.page(hostile, sender=FROM)


def test_the_page_says_why_a_mail_could_not_be_sent(clock):
    page = soup(views.page(view(clock, recipient="a@b.example, c@d.example"), sender=FROM))

    assert "This mail cannot be sent: the address is not a plain mailbox" in page.get_text()


def test_an_empty_mailbox_says_how_to_fill_it():
    page = soup(views.page(View([], None), sender=FROM))

    assert (
        page.select_one(".hint").get_text() == "No mail yet. Register somebody and it appears here."
    )
