"""The settings, read from environment variables; docs/settings.md describes each."""

import os
from pathlib import Path
from typing import Self

from pydantic import Field, ValidationError
from pydantic_settings import SettingsConfigDict

from accounts.hashing.admission import LONGEST_WAIT
from accounts.hashing.hasher import HashingCost
from accounts.limits.concurrency import Capacity
from accounts.limits.defaults import RateLimits
from accounts.policies.load import load
from accounts.policies.policy import Policy
from accounts.return_urls import ReturnUrls
from mail.worker import WorkerOptions
from models.configuration import Pool
from server.breached_passwords import BreachedSource
from server.setting_types.brand import Support
from server.setting_types.limits import LimitSettings, rate_limits
from server.setting_types.urls import OriginList, PageUrl, ReturnUrlList, ServerUrl, WebUrl
from server.setting_types.values import (
    CookieSameSite,
    DatabaseUrl,
    DirectUrl,
    Format,
    Language,
    Level,
    MailSender,
    OnOff,
    PolicySource,
    Proxies,
    RedisUrl,
    SameSite,
    SecretKeys,
    SmtpUrl,
    Switch,
    TemplateFolder,
    TestAddressList,
    WebApp,
)
from server.telemetry.log_options import LogFormat, LogLevel, LogOptions
from server.unknown_settings import unknown_settings

PREFIX = "CONNECTX_"


class SettingsError(Exception):
    """Invalid settings. The message tells an operator which, and what values they take."""


class Settings(LimitSettings):
    """All settings, validated. Use `Settings.read` to get them.

    Those of the rate limits, `limit_…`, come from `LimitSettings`.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, hide_input_in_errors=True)

    data_dir: Path = Path("data")
    database_url: DatabaseUrl | None = None
    database_direct_url: DirectUrl | None = None
    database_pool: int = Field(default=10, ge=2, le=1_000)
    database_timeout: float = Field(default=5.0, gt=0, le=300)
    request_timeout: float = Field(default=10.0, gt=0, le=300)
    client_timeout: float = Field(default=10.0, gt=0, le=300)
    secret_key: SecretKeys | None = None
    smtp_url: SmtpUrl | None = None
    mailbox: OnOff | None = None
    mail_from: MailSender | None = None
    mail_templates: TemplateFolder | None = None
    language: Language = "en"
    public_url: ServerUrl | None = None
    verify_url: WebUrl | None = None
    reset_url: WebUrl | None = None
    app_url: PageUrl | None = None
    return_urls: ReturnUrlList = ReturnUrls()
    web_dir: WebApp | None = None
    breached_passwords: BreachedSource | None = Field(default=None, repr=False)
    policy: PolicySource = "customer"
    product_name: str = Field(default="ConnectX", min_length=1, max_length=200)
    logo: Path | None = None
    support: Support | None = None
    cors_origins: OriginList = ()
    cookie_samesite: CookieSameSite = SameSite.LAX
    trusted_proxies: Proxies = ()
    graphiql: OnOff = Switch.ON
    introspection: OnOff = Switch.ON
    federation: OnOff = Switch.OFF
    trusted_documents: Path | None = None
    trusted_documents_only: OnOff = Switch.OFF
    test_addresses: TestAddressList | None = None

    argon2_memory_kib: int = Field(default=HashingCost.memory_kib, ge=8, le=4 * 1024 * 1024)
    argon2_iterations: int = Field(default=HashingCost.iterations, ge=1, le=100)
    argon2_parallelism: int = Field(default=HashingCost.parallelism, ge=1, le=64)
    hashing_wait: float = Field(default=LONGEST_WAIT, ge=0, le=60)

    delivery: OnOff = Switch.ON
    smtp_sessions: int = Field(default=WorkerOptions.sessions, ge=1, le=100)
    mail_lease: float = Field(default=WorkerOptions.lease.total_seconds(), ge=1, le=3600)
    audit_days: int = Field(default=365, ge=1, le=36_500)
    unverified_days: int | None = Field(default=None, ge=1, le=3_650)

    subscriptions: int = Field(default=Capacity.in_all, ge=1, le=1_000_000)
    subscriptions_per_client: int = Field(default=Capacity.per_client, ge=1, le=1_000_000)
    log_requests: OnOff = Switch.ON
    log_level: Level = LogLevel.INFO
    log_format: Format = LogFormat.AUTO
    metrics: OnOff = Switch.OFF
    metrics_port: int | None = Field(default=None, ge=1, le=65_535)
    metrics_host: str = "127.0.0.1"

    rate_limits: OnOff = Switch.ON
    rate_limit_url: RedisUrl | None = None

    @classmethod
    def read(cls) -> Self:
        """Reads them from the environment. Raises SettingsError with all problems at once."""
        known = {f"{PREFIX}{name.upper()}" for name in cls.model_fields}
        problems = unknown_settings(os.environ, prefix=PREFIX, known=known)
        try:
            settings = cls()
        except ValidationError as error:
            problems += [
                f"{PREFIX}{str(problem['loc'][0]).upper()}: {line}"
                for problem in error.errors(include_url=False, include_input=False)
                # A policy's problems are one line each.
                for line in problem["msg"].removeprefix("Value error, ").splitlines()
            ]
        if problems:
            raise SettingsError("\n".join(problems))
        return settings

    @property
    def database(self) -> str:
        """The database URL from the settings, or SQLite in the data folder."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite://{self.data_dir.absolute() / 'connectx.sqlite3'}"

    @property
    def direct_database(self) -> str:
        """The URL for what a pooler cannot pass on: notifications and upgrades."""
        direct = self.database_direct_url
        return self.database if direct is None else direct.get_secret_value()

    @property
    def pool(self) -> Pool:
        return Pool(largest=self.database_pool, timeout=self.database_timeout)

    @property
    def log_options(self) -> LogOptions:
        return LogOptions(level=self.log_level, form=self.log_format)

    @property
    def serves_metrics(self) -> bool:
        """Whether metrics are served."""
        return bool(self.metrics) or self.metrics_port is not None

    @property
    def default_policy(self) -> Policy:
        return load(self.policy)

    @property
    def hashing_cost(self) -> HashingCost:
        return HashingCost(self.argon2_memory_kib, self.argon2_iterations, self.argon2_parallelism)

    @property
    def capacity(self) -> Capacity:
        return Capacity(per_client=self.subscriptions_per_client, in_all=self.subscriptions)

    @property
    def limits(self) -> RateLimits:
        return rate_limits(self)
