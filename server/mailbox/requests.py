"""Reads requests of the development mailbox's JSON API, and refuses invalid ones."""

from http import HTTPStatus
from uuid import UUID

import orjson
from starlette.requests import Request

from mail.mailbox.search import Search, UnknownFilterError

_MAX_DIGITS = 9
"""Of a number: as many as both databases take."""


class MailboxApiError(Exception):
    """A request is refused, with a message for whoever writes the test."""

    def __init__(self, message: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(message)
        self.status = status


def search_in(request: Request) -> Search:
    """The search that `query` asks for. Raises MailboxApiError."""
    query = request.query_params.get("query", "").strip()
    if not query:
        raise MailboxApiError("`query` is missing, for example query=to:ada@example.com")
    try:
        return Search.of(query)
    except UnknownFilterError as error:
        raise MailboxApiError(str(error)) from error


def number(request: Request, name: str, *, default: int) -> int:
    """The number in a parameter, or the default. Raises MailboxApiError."""
    text = request.query_params.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS):
        raise MailboxApiError(f"`{name}` has to be a whole number of at most {_MAX_DIGITS} digits")
    return int(text)


def ids_in(body: bytes) -> list[UUID]:
    """The ids in a body such as `{"IDs": ["…"]}`; none of them means all mails, as in Mailpit.

    Raises MailboxApiError for any other body: Mailpit would remove all mails.
    """
    try:
        given = orjson.loads(body or b"{}")
        [ids] = [each for name, each in given.items() if name.lower() == "ids"] or [[]]
        if isinstance(ids, list):
            return [UUID(each) for each in ids]
    except (ValueError, TypeError, AttributeError):
        pass
    raise MailboxApiError('The body has to be empty or {"IDs": ["<id of a mail>"]}')


def as_id(text: str) -> UUID | None:
    """The id of a mail; None if the text is no such id."""
    try:
        return UUID(text)
    except ValueError:
        return None
