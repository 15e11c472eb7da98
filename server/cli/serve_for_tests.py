"""`connectx test-server`: a server for other people's tests."""

import json
from typing import Annotated

import typer

from server.brand import Brand
from server.cli.banner import shown_host
from server.cli.env_file import EnvFile
from server.cli.output import number
from server.cli.serve import WebAppOption, WebOption, choose_web_app


def serve_for_tests(
    *,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option(
            parser=number(least=0, most=65_535), metavar="N", help="The port; 0 is any free one."
        ),
    ] = 0,
    web: WebOption = None,
    web_app: WebAppOption = False,
    _: EnvFile = None,
) -> None:
    """Serve in memory, for tests: with a control API at /test, which docs/test-server.md explains.

    Prints where it is as a line of JSON when it is ready. Everybody who reaches it can read all
    mails and delete everything.

    Example: connectx test-server --port 8100
    """
    from server.process.garbage_collection import collector_paused

    choose_web_app(web, own=web_app)
    with collector_paused():
        from server.edge.open_files import raise_limit
        from server.process.uvicorn_config import UNREAD, uvicorn_config
        from server.process.uvicorn_server import bind_socket, run_server
        from server.telemetry.logs import set_up_logging
        from server.test_server.application import application_for_tests
        from server.test_server.settings import read_settings

        settings = read_settings()
        unread = settings.client_timeout * UNREAD
        with bind_socket(host, port, unread_timeout=unread) as listener:
            own = f"http://{shown_host(host)}:{listener.getsockname()[1]}"
            Brand.of(settings)
            set_up_logging(settings.log_options)
            raise_limit()
            app = application_for_tests(settings, public_url=settings.public_url or own)
            config = uvicorn_config(settings, app)
            run_server(config, listener, started=lambda: typer.echo(_where(own)))


def _where(url: str) -> str:
    """The line of JSON that says where everything is."""
    places = {
        "url": url,
        "graphql": f"{url}/graphql",
        "control": f"{url}/test",
        "mailbox": f"{url}/mailbox",
        "mails": f"{url}/mailbox/api/v1",
    }
    return json.dumps(places)
