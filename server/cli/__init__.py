"""The `connectx` command."""

import sys

import typer

from accounts.outages import described, retry_after
from accounts.policies import PolicyError
from server.cli import database, doctor, mail, policies, schema, serve, tenants, users
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
app.command()(doctor.doctor)
app.add_typer(database.app, name="db")
app.add_typer(mail.app, name="mail")
app.add_typer(tenants.app, name="tenants")
app.add_typer(users.app, name="users")


def main() -> None:
    """Runs the command. What an operator can mend is told in a sentence, without a traceback."""
    try:
        app()
    except (SettingsError, PolicyError) as error:
        _exit(str(error))
    except Exception as error:
        if retry_after(error) is None:
            raise
        _exit(f"The database cannot be used: {str(error) or described(error)}")


def _exit(message: str) -> None:
    sys.stderr.write(f"{message}\n")
    raise SystemExit(2)
