"""The parts of structlog that connectx uses, imported without Rich."""

from mail.optional_imports import as_if_absent

# structlog imports Rich, for tracebacks in color, where it is installed. Tracebacks are plain here.
with as_if_absent("rich"):
    import structlog
    from structlog.contextvars import bind_contextvars
    from structlog.stdlib import ProcessorFormatter
    from structlog.typing import FilteringBoundLogger, Processor

__all__ = [
    "FilteringBoundLogger",
    "Processor",
    "ProcessorFormatter",
    "bind_contextvars",
    "structlog",
]
