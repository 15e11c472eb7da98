"""What an operator can set. Read once, at the edge; README.md has the same in one table."""

import difflib
import os
from collections.abc import Mapping
from enum import StrEnum
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from accounts.codes import MIN_KEY_LENGTH
from accounts.hashing import HashingCost
from accounts.policies import Policy, load
from accounts.throttle import RateLimits, check_notation
from models.database import Pool, tortoise_config

PREFIX = "CONNECTX_"


class SettingsError(Exception):
    """The message tells an operator which settings are wrong, and what they take."""


class Switch(StrEnum):
    ON = "on"
    OFF = "off"

    def __bool__(self) -> bool:
        return self is Switch.ON


def _lower(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


def _listed(value: object) -> object:
    if isinstance(value, str):
        return tuple(item.strip() for item in value.split(",") if item.strip())
    return value


OnOff = Annotated[Switch, BeforeValidator(_lower)]
Listed = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)]


class Settings(BaseSettings):
    """All settings, checked. `Settings.read` gives them, or says what is wrong with which."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, hide_input_in_errors=True)

    data_dir: Path = Path("data")
    database_url: SecretStr | None = None
    database_pool: int = Field(default=10, ge=2, le=1_000)
    database_timeout: float = Field(default=5.0, gt=0, le=300)
    request_timeout: float = Field(default=10.0, gt=0, le=300)
    secret_key: SecretStr | None = None
    smtp_url: SecretStr | None = None
    mail_from: str = "ConnectX <no-reply@localhost>"
    public_url: str | None = None
    verify_url: str | None = None
    web_dir: Path | None = None
    policy: str = "customer"
    product_name: str = Field(default="ConnectX", min_length=1, max_length=200)
    cors_origins: Listed = ()
    trusted_proxies: Listed = ()
    graphiql: OnOff = Switch.ON
    introspection: OnOff = Switch.ON

    argon2_memory_kib: int = Field(default=HashingCost.memory_kib, ge=8, le=4 * 1024 * 1024)
    argon2_iterations: int = Field(default=HashingCost.iterations, ge=1, le=100)
    argon2_parallelism: int = Field(default=HashingCost.parallelism, ge=1, le=64)
    hashing_queue: int = Field(default=16, ge=0, le=10_000)

    delivery: OnOff = Switch.ON
    mail_lease: float = Field(default=60, ge=1, le=3600)
    unverified_days: int | None = Field(default=None, ge=1, le=3_650)

    rate_limits: OnOff = Switch.ON
    rate_limit_url: SecretStr | None = None
    limit_register_client: str = RateLimits.register_client
    limit_verify_address: str = RateLimits.verify_address
    limit_verify_client: str = RateLimits.verify_client
    limit_resend_address: str = RateLimits.resend_address
    limit_resend_client: str = RateLimits.resend_client
    limit_login_address_and_client: str = RateLimits.login_address_and_client
    limit_login_client: str = RateLimits.login_client
    limit_mail_address: str = RateLimits.mail_address

    @classmethod
    def read(cls, environ: Mapping[str, str] | None = None) -> Self:
        """The settings of the environment. Raises SettingsError, with every problem at once."""
        problems = _unknown(cls, os.environ if environ is None else environ)
        try:
            settings = cls()
        except ValidationError as error:
            problems += [
                f"{PREFIX}{str(problem['loc'][0]).upper()}: {_sentence(problem['msg'])}"
                for problem in error.errors(include_url=False, include_input=False)
            ]
        if problems:
            raise SettingsError("\n".join(problems))
        return settings

    @field_validator("database_url")
    @classmethod
    def _database(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None:
            tortoise_config(url.get_secret_value())
        return url

    @field_validator("secret_key")
    @classmethod
    def _secret(cls, keys: SecretStr | None) -> SecretStr | None:
        if keys is not None and any(len(key) < MIN_KEY_LENGTH for key in split_keys(keys)):
            raise ValueError(
                f"takes one or more keys of at least {MIN_KEY_LENGTH} characters, separated by "
                "commas, newest first; `connectx secret-key` makes one"
            )
        return keys

    @field_validator("smtp_url")
    @classmethod
    def _smtp(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None:
            _check_smtp(url.get_secret_value(), "ConnectX <no-reply@localhost>")
        return url

    @field_validator("rate_limit_url")
    @classmethod
    def _counters(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None and urlsplit(url.get_secret_value()).scheme not in {"redis", "rediss"}:
            raise ValueError("takes a URL such as redis://host:6379/0 or rediss://…")
        return url

    @field_validator("mail_from")
    @classmethod
    def _sender(cls, sender: str) -> str:
        _check_smtp("smtp://localhost", sender)
        return sender

    @field_validator("public_url", "verify_url")
    @classmethod
    def _url(cls, url: str | None) -> str | None:
        if url is None:
            return None
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("takes an address such as https://example.com")
        return url.rstrip("/")

    @field_validator("cors_origins")
    @classmethod
    def _origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            parts = urlsplit(origin)
            if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path:
                raise ValueError(
                    "takes origins such as https://app.example.com, separated by commas"
                )
        return origins

    @field_validator("web_dir")
    @classmethod
    def _web(cls, folder: Path | None) -> Path | None:
        if folder is not None and not (folder / "index.html").is_file():
            raise ValueError(
                f"takes a folder with an index.html, and {folder} is not one; "
                "`make web` builds clients/web/dist"
            )
        return folder

    @field_validator("trusted_proxies")
    @classmethod
    def _proxies(cls, proxies: tuple[str, ...]) -> tuple[str, ...]:
        for proxy in proxies:
            try:
                ip_network(proxy)
            except ValueError:
                raise ValueError(
                    "takes addresses and networks such as 10.0.0.7 or 10.0.0.0/24, separated by "
                    "commas; trusting everybody would let clients choose who they are"
                ) from None
        return proxies

    @field_validator("policy")
    @classmethod
    def _policy(cls, source: str) -> str:
        load(source)
        return source

    @field_validator(*(f"limit_{name}" for name in RateLimits.__dataclass_fields__))
    @classmethod
    def _limit(cls, notation: str) -> str:
        check_notation(notation)
        return notation

    @property
    def database(self) -> str:
        """The database URL: the one that is set, or SQLite in the data folder."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite://{self.data_dir.absolute() / 'connectx.sqlite3'}"

    @property
    def pool(self) -> Pool:
        return Pool(largest=self.database_pool, timeout=self.database_timeout)

    @property
    def default_policy(self) -> Policy:
        return load(self.policy)

    @property
    def hashing_cost(self) -> HashingCost:
        return HashingCost(self.argon2_memory_kib, self.argon2_iterations, self.argon2_parallelism)

    @property
    def limits(self) -> RateLimits:
        names = RateLimits.__dataclass_fields__
        return RateLimits(**{name: getattr(self, f"limit_{name}") for name in names})


def split_keys(keys: SecretStr) -> list[str]:
    """The secret keys of a setting, newest first."""
    return [key.strip() for key in keys.get_secret_value().split(",")]


def _check_smtp(url: str, sender: str) -> None:
    from mail.smtp_url import smtp_config  # takes 0.6 s, which a command that mails nothing saves

    smtp_config(url, sender)


def _unknown(settings: type[Settings], environ: Mapping[str, str]) -> list[str]:
    """A misspelt setting must not be one that is silently not there."""
    known = [f"{PREFIX}{name.upper()}" for name in settings.model_fields]
    problems = []
    for name in environ:
        if name.startswith(PREFIX) and name not in known:
            similar = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {similar[0]}?" if similar else ""
            problems.append(f"{name}: there is no such setting{hint}")
    return problems


def _sentence(message: str) -> str:
    return message.removeprefix("Value error, ")
