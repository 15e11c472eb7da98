"""The level and the format of log lines, without the libraries that write them."""

import logging
import sys
from dataclasses import dataclass
from enum import StrEnum


class LogLevel(StrEnum):
    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def number(self) -> int:
        return logging.getLevelNamesMapping()[self.upper()]


class LogFormat(StrEnum):
    AUTO = "auto"
    """`console` on a terminal, `json` otherwise."""
    CONSOLE = "console"
    JSON = "json"


@dataclass(frozen=True)
class LogOptions:
    """The level and the format of log lines."""

    level: LogLevel = LogLevel.INFO
    form: LogFormat = LogFormat.AUTO

    @property
    def for_people(self) -> bool:
        auto = self.form is LogFormat.AUTO
        return sys.stderr.isatty() if auto else self.form is LogFormat.CONSOLE
