"""What a service token says: the claims of RFC 9068, and those of an audience's template.

A template is JSON. The names of its claims are URLs, so that none collides with a registered one
(RFC 7519, 4.2). Its texts may have placeholders, such as `{sub}`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

PLACEHOLDERS = ("sub", "role", "tenant", "email", "email_verified", "sid")
"""The claims that a template may repeat, under the names that they have in the token."""

MAX_TEMPLATE = 4_096
"""Characters of a template as JSON. A token travels in a header, of which proxies take 8 KiB."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class TemplateError(ValueError):
    """The template is not valid. Its text tells the operator why."""


def check_template(template: Any, *, has_email: bool) -> None:
    """Raises TemplateError if the template is not valid for an audience with or without email."""
    if not isinstance(template, dict):
        raise TemplateError("takes a JSON object, whose names are URLs")
    for name in template:
        if not _is_url(name):
            raise TemplateError(f"takes names that are URLs, and {name!r} is none")
    for text in _texts(template):
        for used in _PLACEHOLDER.findall(text):
            if used not in PLACEHOLDERS:
                known = ", ".join(f"{{{placeholder}}}" for placeholder in PLACEHOLDERS)
                raise TemplateError(f"does not know {{{used}}}; there are {known}")
            if used == "email" and not has_email:
                raise TemplateError("uses {email}, which the audience gets only with --email")


def filled(template: Any, values: Mapping[str, Any]) -> Any:
    """The template with its placeholders filled in.

    A text that is one placeholder becomes its value, which may be null or a boolean. Within a
    longer text, null becomes nothing.
    """
    match template:
        case dict():
            return {name: filled(value, values) for name, value in template.items()}
        case list():
            return [filled(value, values) for value in template]
        case str():
            return _filled_text(template, values)
        case _:
            return template


def _filled_text(text: str, values: Mapping[str, Any]) -> Any:
    whole = _PLACEHOLDER.fullmatch(text)
    if whole:
        return values[whole[1]]
    return _PLACEHOLDER.sub(lambda found: _as_text(values[found[1]]), text)


def _as_text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case _:
            return str(value)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def _is_url(name: str) -> bool:
    parts = urlsplit(name)
    return parts.scheme in {"https", "http", "urn"} and bool(parts.netloc or parts.path)
