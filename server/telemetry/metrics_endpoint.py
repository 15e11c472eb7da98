"""Serves the metrics to Prometheus, on a port of their own or at `/metrics`."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.settings import Settings, SettingsError

if TYPE_CHECKING:
    from server.telemetry.metrics import Metrics

_MULTIPROC_DIR = "PROMETHEUS_MULTIPROC_DIR"
"""prometheus-client reads this variable when it is imported, so it must be set before that."""


@contextmanager
def metrics_gathered(settings: Settings) -> Iterator[None]:
    """Collects the metrics of all workers in a temporary folder while the block runs.

    This process serves them on the metrics port, for any number of workers. Does nothing if metrics
    are off. Raises SettingsError if it cannot listen on the port.
    """
    if not settings.serves_metrics:
        yield
        return
    with TemporaryDirectory(prefix="connectx-metrics-") as folder:
        os.environ[_MULTIPROC_DIR] = folder
        if settings.metrics_port is not None:
            _serve(settings.metrics_host, settings.metrics_port)
        yield


def _serve(host: str, port: int) -> None:
    from prometheus_client import start_http_server

    from server.telemetry.metrics import multiprocess_registry

    try:
        start_http_server(port, addr=host, registry=multiprocess_registry())
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        raise SettingsError(
            f"CONNECTX_METRICS_PORT: cannot listen on {host}, port {port}: {reason}."
        ) from None


def route(metrics: "Metrics") -> Route:
    """The route `/metrics`: all workers if `metrics_gathered` runs, otherwise this process."""
    from prometheus_client.exposition import choose_encoder

    from server.telemetry.metrics import multiprocess_registry

    registry = multiprocess_registry() if _MULTIPROC_DIR in os.environ else metrics.registry

    def scrape(request: Request) -> Response:
        encode, content_type = choose_encoder(request.headers.get("accept", ""))
        headers = {"content-type": content_type, "cache-control": "no-store"}
        return Response(encode(registry), headers=headers)

    return Route("/metrics", scrape)
