"""Where uvicorn finds the application, in each of its processes."""

from starlette.types import ASGIApp

from server.garbage_collection import collector_paused

_DEFAULT_URL = "http://127.0.0.1:8000"


def from_environment() -> ASGIApp:
    """The application that the process's environment describes."""
    with collector_paused():
        from server.app import application
        from server.settings import Settings
        from server.telemetry.logs import request_logger, set_up_logging

        settings = Settings.read()
        set_up_logging(settings.lines)
        log = request_logger(settings.lines) if settings.log_requests else None
        return application(settings, public_url=settings.public_url or _DEFAULT_URL, log=log)
