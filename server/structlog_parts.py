"""structlog, without what it would load for tracebacks that are not written here."""

from mail.absent import as_if_absent

# It draws tracebacks with rich where it finds it (Typer brings it along, for its help), and those
# would show local variables: 2 MiB of each worker, and 0.05 s of its start.
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
