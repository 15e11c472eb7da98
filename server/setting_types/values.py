"""The types of setting values: how they are parsed and validated."""

from enum import StrEnum
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr
from pydantic_settings import NoDecode

from accounts.keyring import MIN_KEY_LENGTH
from accounts.limits.defaults import check_notation
from accounts.policies.load import load
from accounts.test_addresses import TestAddresses, read
from mail.smtp.envelope import split_sender
from models.configuration import dialect_of, tortoise_config
from server.clock import utc_now
from server.telemetry.log_options import LogFormat, LogLevel

_REDIS_PORT = 6379


class Switch(StrEnum):
    ON = "on"
    OFF = "off"

    def __bool__(self) -> bool:
        return self is Switch.ON


class SameSite(StrEnum):
    """Whether a browser sends the session cookie with requests of pages on another site."""

    LAX = "lax"
    NONE = "none"


def _lower(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


def listed(value: object) -> object:
    """The items of a text that are separated by commas."""
    if isinstance(value, str):
        return tuple(item.strip() for item in value.split(",") if item.strip())
    return value


def _database(url: SecretStr) -> SecretStr:
    tortoise_config(url.get_secret_value())
    return url


def _direct(url: SecretStr) -> SecretStr:
    if dialect_of(url.get_secret_value()) != "postgres":
        raise ValueError("takes a URL that starts with postgres://")
    return url


def split_keys(keys: SecretStr) -> list[str]:
    """The keys of CONNECTX_SECRET_KEY, newest first."""
    return [key.strip() for key in keys.get_secret_value().split(",")]


def _secret_keys(keys: SecretStr) -> SecretStr:
    if any(len(key) < MIN_KEY_LENGTH for key in split_keys(keys)):
        raise ValueError(
            f"takes one or more keys of at least {MIN_KEY_LENGTH} characters, separated by "
            "commas, newest first; `connectx secret-key` makes one"
        )
    return keys


def _smtp(url: SecretStr) -> SecretStr:
    from mail.smtp.url import smtp_config  # slow to import

    smtp_config(url.get_secret_value(), "ConnectX <no-reply@localhost>")
    return url


def _sender(sender: str) -> str:
    split_sender(sender)
    return sender


def _templates(folder: Path) -> Path:
    from mail.message.template_check import check  # slow to import

    check(folder)
    return folder


def _language(language: object) -> object:
    from languages.catalogues import LANGUAGES  # slow to import

    if language not in LANGUAGES:
        raise ValueError(f"takes one of {', '.join(LANGUAGES)}")
    return language


def _redis(url: SecretStr) -> SecretStr:
    """The URL with a port. Without one `limits` raises an error, and some tell the password."""
    try:
        parts = urlsplit(url.get_secret_value())
        is_valid = parts.scheme in {"redis", "rediss"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # it can have the password
        is_valid = False
    if not is_valid:
        raise ValueError(
            "takes a URL such as redis://host:6379/0 or rediss://…; special characters in user and "
            "password are percent-encoded"
        )
    if parts.port is None:
        netloc = f"{parts.netloc.rstrip(':')}:{_REDIS_PORT}"
        parts = SplitResult(parts.scheme, netloc, *parts[2:])
    return SecretStr(parts.geturl())


def _proxy(proxy: str) -> str:
    try:
        ip_network(proxy)
    except ValueError:
        raise ValueError(
            "takes addresses and networks such as 10.0.0.7 or 10.0.0.0/24, separated by "
            "commas; if all were trusted, clients could forge their address"
        ) from None
    return proxy


def _web_app(folder: Path) -> Path:
    if not (folder / "index.html").is_file():
        raise ValueError(
            f"takes a folder with an index.html, and {folder} has none; "
            "`connectx serve --web-app` serves the one that comes with connectx"
        )
    return folder


def _policy(source: str) -> str:
    load(source)
    return source


def _limit(notation: str) -> str:
    check_notation(notation)
    return notation


def _test_addresses(value: object) -> object:
    return read(value, today=utc_now().date()) if isinstance(value, str) else value


OnOff = Annotated[Switch, BeforeValidator(_lower)]
Level = Annotated[LogLevel, BeforeValidator(_lower)]
Format = Annotated[LogFormat, BeforeValidator(_lower)]
CookieSameSite = Annotated[SameSite, BeforeValidator(_lower)]
DatabaseUrl = Annotated[SecretStr, AfterValidator(_database)]
DirectUrl = Annotated[SecretStr, AfterValidator(_database), AfterValidator(_direct)]
SecretKeys = Annotated[SecretStr, AfterValidator(_secret_keys)]
SmtpUrl = Annotated[SecretStr, AfterValidator(_smtp)]
TemplateFolder = Annotated[Path, AfterValidator(_templates)]
Language = Annotated[str, BeforeValidator(_lower), AfterValidator(_language)]
MailSender = Annotated[str, AfterValidator(_sender)]
RedisUrl = Annotated[SecretStr, AfterValidator(_redis)]
WebApp = Annotated[Path, AfterValidator(_web_app)]
PolicySource = Annotated[str, AfterValidator(_policy)]
RateLimitText = Annotated[str, AfterValidator(_limit)]
Proxies = Annotated[
    tuple[Annotated[str, AfterValidator(_proxy)], ...], NoDecode, BeforeValidator(listed)
]
TestAddressList = Annotated[TestAddresses, NoDecode, BeforeValidator(_test_addresses)]
