"""The pages of frontends to which the links in mails may lead."""

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList

MAX_LENGTH = 500
"""Characters of a page's URL. A mail shows it as text, too."""

_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = rf"{_LABEL}(?:\.{_LABEL})*"
_LOOPBACK = {"localhost", "127.0.0.1"}
_ALSO_SHARED = {
    *("amazonaws.com", "app.github.dev", "devtunnels.ms", "gitpod.io", "glitch.me", "lhr.life"),
    *("loca.lt", "nip.io", "preview.app.github.dev", "railway.app", "serveo.net", "sslip.io"),
}
"""Domains below which anybody can have a host, and which the Public Suffix List does not have."""

_ADDRESS = re.compile(r"[\d.]+")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_MAX_PORT = 65_535

_PATTERN = re.compile(rf"(https?)://((?:\*\.)?{_HOST})(:\d{{1,5}})?/?")
# Browsers and libraries disagree about backslashes, control characters, user names and letters
# beyond ASCII in URLs. So there is none of them, and no fragment, which is the token's place.
_PAGE = re.compile(
    rf"(https?://{_HOST}(?::\d{{1,5}})?)(?:/[\w.~!$&'()*+,;=:@%/-]*)?(?:\?[\w.~!$&'()*+,;=:@%/?-]*)?",
    re.ASCII,
)


@dataclass(frozen=True)
class ReturnUrls:
    """Origins of frontends, such as `https://*.preview.example.com`."""

    patterns: tuple[str, ...] = ()
    """Each has a scheme, a host and perhaps a port. A `*` stands for one label of the host."""

    def allow(self, url: str) -> bool:
        """Whether links in mails may lead to a page."""
        found = _PAGE.fullmatch(url) if len(url) <= MAX_LENGTH else None
        return found is not None and self.match_origin(found[1])

    def match_origin(self, origin: str) -> bool:
        """Whether an origin, as browsers send it, matches a pattern."""
        return bool(self.patterns) and _shape(self.patterns).fullmatch(origin) is not None

    @property
    def origins(self) -> str:
        """A regular expression for all origins that match."""
        return _shape(self.patterns).pattern


@cache
def _shape(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(each).replace(r"\*", _LABEL) for each in patterns))


def checked_pattern(typed: str) -> str:
    """The pattern in its canonical form. Raises ValueError with the reason if there is none."""
    pattern = typed.lower().rstrip("/")
    found = _PATTERN.fullmatch(pattern)
    if found is None:
        raise ValueError(
            f"{typed} is no URL such as https://*.preview.example.com: it takes a scheme, a host "
            "whose first label may be *, and perhaps a port"
        )
    scheme, host, colon_port = found.groups()
    port = int((colon_port or ":1")[1:])
    if not 1 <= port <= _MAX_PORT:
        raise ValueError(f"{typed} has no port from 1 to {_MAX_PORT}")
    if colon_port:
        # As browsers write an origin: without the usual port, and without leading zeros.
        usual = port == _DEFAULT_PORTS[scheme]
        pattern = pattern.removesuffix(colon_port) + ("" if usual else f":{port}")
    if scheme == "http" and urlsplit(pattern).hostname not in _LOOPBACK:
        raise ValueError(f"{typed} would send links over plain HTTP; it takes https://")
    name = host.removeprefix("*.")
    if name != host and ("." not in name or _ADDRESS.fullmatch(name) or _is_shared(name)):
        raise ValueError(f"{typed} would match hosts of other people")
    return pattern


def _is_shared(domain: str) -> bool:
    """Whether different people have the hosts below a domain: `co.uk`, `vercel.app`.

    The Public Suffix List (publicsuffix.org) has them, but is never complete: SECURITY.md says so.
    """
    suffixes = PublicSuffixList()  # slow to make; only a start with such a pattern needs it
    below = (domain, f"x.{domain}")  # the list also has `*.compute.amazonaws.com`
    return domain in _ALSO_SHARED or any(suffixes.is_public(each) for each in below)
