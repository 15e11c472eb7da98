"""A readable label of a browser, for people who look at their sessions."""

import re
from collections.abc import Sequence

_LONGEST = 1_024
"""Characters of the header that are read."""

# The first one that is found counts: most browsers name those that they are descended from as well.
_BROWSERS: Sequence[tuple[str, str]] = (
    (r"Edg(e|A|iOS)?/", "Edge"),
    (r"OPR/|Opera", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/|Chromium/", "Chrome"),
    (r"Safari/", "Safari"),
    (r"curl/", "curl"),
    (r"python|httpx|aiohttp", "Python"),
    (r"okhttp|Dart/|CFNetwork", "app"),
)
_SYSTEMS: Sequence[tuple[str, str]] = (
    (r"iPhone|iPod", "iPhone"),
    (r"iPad", "iPad"),
    (r"Android", "Android"),
    (r"CrOS", "ChromeOS"),
    (r"Windows", "Windows"),
    (r"Macintosh|Mac OS X|Darwin", "macOS"),
    (r"Linux|X11", "Linux"),
)


def label_of(user_agent: str) -> str | None:
    """The browser and the system in a User-Agent header, such as `Firefox on Linux`.

    None if neither is known. The label never has text of the header itself, which anybody can send.
    """
    header = user_agent[:_LONGEST]
    known = [name for name in (_first(_BROWSERS, header), _first(_SYSTEMS, header)) if name]
    return " on ".join(known) or None


def _first(names: Sequence[tuple[str, str]], header: str) -> str | None:
    return next((name for pattern, name in names if re.search(f"(?i){pattern}", header)), None)
