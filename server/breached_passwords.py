"""The setting CONNECTX_BREACHED_PASSWORDS: its type, and the list that it names."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator

from accounts.breached.file import BreachedFile, BreachedFileError
from accounts.breached.look_up import BreachedList, BreachedPasswords


def is_url(source: str) -> bool:
    """Whether a range API is asked, and not a file."""
    return "://" in source


def breached_list(source: str) -> BreachedList:
    """The list in a file, or that of a range API. Raises BreachedFileError."""
    if is_url(source):
        from server.breached_range_api import RangeApi  # with TLS, which a file does not need

        return RangeApi(source)
    return BreachedFile(Path(source))


def breached_passwords(
    source: str | None, *, clock: Callable[[], datetime]
) -> BreachedPasswords | None:
    """What passwords are looked up in; None if the setting is not there."""
    return None if source is None else BreachedPasswords(breached_list(source), clock=clock)


def _source(source: str) -> str:
    if not is_url(source):
        try:
            BreachedFile(Path(source)).close()
        except BreachedFileError as error:
            raise ValueError(str(error)) from None
        return source
    if not _is_plain(source):
        raise ValueError(
            "takes a file of `connectx passwords build`, or the URL of a range API such as "
            "https://api.pwnedpasswords.com/range/"
        )
    return source if source.endswith("/") else f"{source}/"


def _is_plain(url: str) -> bool:
    """Whether a URL has a host and a path, perhaps a port, and nothing else."""
    try:
        parts = urlsplit(url)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    others = parts.username is not None or parts.query or parts.fragment
    return parts.scheme in {"http", "https"} and has_host and not others


BreachedSource = Annotated[str, AfterValidator(_source)]
