"""Builds the ASGI application of a test server."""

from functools import partial

from starlette.types import ASGIApp

from server.additions import Additions
from server.app import application
from server.endpoints.served_schema import served_schema
from server.settings import Settings
from server.telemetry.logs import request_logger
from server.test_server.chosen_answers import ChosenAnswers
from server.test_server.clock import MovableClock
from server.test_server.controls import Controls, control_routes
from server.test_server.pipeline import AnsweringPipeline


def application_for_tests(settings: Settings, *, public_url: str) -> ASGIApp:
    """That of `serve`, with a clock that can be put forward, and the control API."""
    clock = MovableClock()
    answers = ChosenAnswers(served_schema(settings), clock=clock)
    return application(
        settings,
        public_url=public_url,
        clock=clock,
        log=request_logger(settings.log_options) if settings.log_requests else None,
        additions=Additions(
            pipeline=partial(AnsweringPipeline, answers=answers),
            routes=lambda parts, origins: control_routes(
                Controls(parts, settings, clock=clock, answers=answers), origins
            ),
        ),
    )
