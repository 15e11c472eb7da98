"""Where Prometheus finds the metrics: on a port of their own, or at `/metrics`."""

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

_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""prometheus-client's own variable, which it reads when it is imported: imports come after it."""


@contextmanager
def metrics_gathered(settings: Settings) -> Iterator[None]:
    """A fresh folder for the numbers of all workers, and the port where they are asked for.

    It is this process that answers on the port, however many workers there are. Nothing without
    the settings. Raises SettingsError for a port that is taken.
    """
    if not settings.measures:
        yield
        return
    with TemporaryDirectory(prefix="connectx-metrics-") as folder:
        os.environ[_FOLDER] = folder
        if settings.metrics_port is not None:
            _serve(settings.metrics_host, settings.metrics_port)
        yield


def _serve(host: str, port: int) -> None:
    from prometheus_client import start_http_server

    from server.telemetry.metrics import of_all_workers

    try:
        start_http_server(port, addr=host, registry=of_all_workers())
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        raise SettingsError(
            f"CONNECTX_METRICS_PORT: cannot listen on {host}, port {port}: {reason}."
        ) from None


def route(metrics: "Metrics") -> Route:
    """`/metrics`: the numbers of all workers, or this process's where nobody gathers them."""
    from prometheus_client.exposition import choose_encoder

    from server.telemetry.metrics import of_all_workers

    registry = of_all_workers() if _FOLDER in os.environ else metrics.registry

    def scrape(request: Request) -> Response:
        encode, content_type = choose_encoder(request.headers.get("accept", ""))
        headers = {"content-type": content_type, "cache-control": "no-store"}
        return Response(encode(registry), headers=headers)

    return Route("/metrics", scrape)
