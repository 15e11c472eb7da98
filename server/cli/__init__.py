"""The `connectx` command."""

import sys

import typer
from tortoise.exceptions import BaseORMException

from accounts.policies import PolicyError
from server.cli import database, policies, schema, serve, tenants
from server.settings import SettingsError

app = typer.Typer(
    help="Registration and email verification over GraphQL.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(serve.serve)
app.command()(schema.schema)
app.command("secret-key")(serve.secret_key)
app.command()(policies.policies)
app.add_typer(database.app, name="db")
app.add_typer(tenants.app, name="tenants")


def main() -> None:
    """Runs the command. What an operator can mend is told in a sentence, without a traceback."""
    try:
        app()
    except (SettingsError, PolicyError) as error:
        _exit(str(error))
    except (BaseORMException, OSError) as error:
        _exit(f"The database cannot be used: {error}")


def _exit(message: str) -> None:
    sys.stderr.write(f"{message}\n")
    raise SystemExit(2)
