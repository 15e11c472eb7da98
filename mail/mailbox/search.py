"""Searches the development mailbox, with those filters of Mailpit's search that it has."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from mail.mailbox import kept_mails
from mail.mailbox.kept_mails import ANY_RECIPIENT, Recipients, ShownMail
from mail.message.compose import Compose

MAX_READ = 500
"""Mails that a search in subjects and texts looks at, from the newest. Each has to be composed."""

_TERM = re.compile(
    r'(?P<not>[-!]?)(?:(?P<filter>[a-zA-Z-]+):)?(?:"(?P<quoted>[^"]*)"|(?P<word>\S+))'
)
_OTHERS = frozenset(
    {"from", "cc", "bcc", "reply-to", "addressed", "message-id", "tag", "is", "has"}
    | {"before", "after", "larger", "smaller"}
)
"""Mailpit's other filters. As plain text, each of them would find the wrong mails."""


class UnknownFilterError(Exception):
    """A query has a filter that this mailbox does not have."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"This mailbox has no filter `{name}:`. It has `to:`, `subject:` and plain words."
        )


class MailPart(StrEnum):
    """The part of a mail that a term is looked for in."""

    TO = "to"
    SUBJECT = "subject"
    ANY = "any"


@dataclass(frozen=True)
class Term:
    part: MailPart
    text: str = field(repr=False)
    excluded: bool = False

    def holds(self, mail: ShownMail) -> bool:
        message = mail.message
        searched = message.subject
        if self.part is MailPart.ANY:
            searched = f"{message.recipient}\n{message.subject}\n{message.text}"
        return (self.text.lower() in searched.lower()) is not self.excluded


@dataclass(frozen=True)
class Found:
    """A part of the mails that a search found, and how many it found in all."""

    mails: list[ShownMail]
    matching: int


@dataclass(frozen=True)
class Search:
    """The conditions of a search. Without conditions it finds every mail."""

    recipients: Recipients = ANY_RECIPIENT
    contents: Sequence[Term] = ()

    @classmethod
    def of(cls, query: str) -> Self:
        """The search for a query such as `to:ada@example.com subject:"confirmation code"`.

        A `-` or `!` excludes what follows it. Raises UnknownFilterError.
        """
        terms = [_term(match) for match in _TERM.finditer(query)]
        to = [term for term in terms if term.part is MailPart.TO]
        return cls(
            Recipients(
                [term.text for term in to if not term.excluded],
                [term.text for term in to if term.excluded],
            ),
            [term for term in terms if term.part is not MailPart.TO],
        )

    async def run(self, *, start: int, limit: int, compose: Compose) -> Found:
        """The mails that match, newest first. Recipients alone are left to the database."""
        if not self.contents:
            page = await kept_mails.newest(self.recipients, start=start, limit=limit)
            matching = await kept_mails.count(self.recipients)
            return Found(await kept_mails.compose_again(page, compose=compose), matching)
        found = await self._read(compose)
        return Found(found[start : start + limit], len(found))

    async def remove(self, *, compose: Compose) -> None:
        """Removes the mails that match."""
        if self.contents:
            await kept_mails.remove([mail.id for mail in await self._read(compose)])
        else:
            await kept_mails.clear(self.recipients)

    async def _read(self, compose: Compose) -> list[ShownMail]:
        newest = await kept_mails.newest(self.recipients, limit=MAX_READ)
        mails = await kept_mails.compose_again(newest, compose=compose)
        return [mail for mail in mails if all(term.holds(mail) for term in self.contents)]


def _term(match: re.Match[str]) -> Term:
    name = (match["filter"] or "").lower()
    text = match["word"] if match["quoted"] is None else match["quoted"]
    excluded = bool(match["not"])
    if name in _OTHERS:
        raise UnknownFilterError(name)
    if name in {MailPart.TO, MailPart.SUBJECT}:
        return Term(MailPart(name), text, excluded)
    # Any other word before a colon is a part of the text, as in `https://…`.
    return Term(MailPart.ANY, f"{match['filter']}:{text}" if name else text, excluded)
