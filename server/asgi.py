"""The application factory that uvicorn calls in each process."""

from starlette.types import ASGIApp

from server.process.garbage_collection import collector_paused

_DEFAULT_URL = "http://127.0.0.1:8000"


def from_environment() -> ASGIApp:
    """The ASGI application, configured by the environment variables of the process."""
    with collector_paused():
        from server.app import application
        from server.delivery import check_mailbox
        from server.settings import Settings
        from server.telemetry.logs import request_logger, set_up_logging

        settings = Settings.read()
        # `connectx serve` has checked its own address; another ASGI server does not tell its own.
        check_mailbox(settings, address=None)
        set_up_logging(settings.log_options)
        log = request_logger(settings.log_options) if settings.log_requests else None
        return application(settings, public_url=settings.public_url or _DEFAULT_URL, log=log)
