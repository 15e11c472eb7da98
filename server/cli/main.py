"""Registers all commands, and turns their errors into messages."""

import errno
import sys
from importlib.metadata import version
from typing import Annotated

import typer
from limits.errors import StorageError

from accounts.outages import described, retry_after
from server.cli import (
    allow_mails,
    audiences,
    audit,
    breached_passwords,
    code_for_tests,
    db,
    doctor,
    init,
    mail,
    mail_preview,
    mail_worker,
    new_secret_key,
    policies,
    schema,
    serve,
    serve_for_tests,
    service_keys,
    sessions,
    signing_keys,
    tenant_changes,
    tenants,
    transfer,
    user_access,
    user_changes,
    users,
)
from server.cli.env_file import EnvFile
from server.settings import SettingsError


def _version(*, asked: bool) -> None:
    if asked:
        typer.echo(f"connectx {version('connectx')}")
        raise typer.Exit


app = typer.Typer(
    no_args_is_help=True,
    epilog="Exit codes: 0 success; 1 not found, or not possible in its current state; 2 the "
    "command or the settings are invalid, or the database cannot be used.",
    pretty_exceptions_enable=False,
)


@app.callback()
def _connectx(
    *,
    _: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
    _env_file: EnvFile = None,
) -> None:
    """Registration and accounts over GraphQL.

    Example: connectx serve
    """


# A module with an `app` registers its own commands there. All others are registered here, in the
# order in which the help lists them.
app.command()(serve.serve)
app.command()(init.init)
app.command("test-server")(serve_for_tests.serve_for_tests)
app.command()(schema.schema)
app.command("secret-key")(new_secret_key.secret_key)
app.command("test-code")(code_for_tests.code_of_test_address)
app.command()(policies.policies)
app.command()(doctor.doctor)
app.add_typer(db.app, name="db")
app.add_typer(mail.app, name="mail")
app.add_typer(tenants.app, name="tenants")
app.add_typer(breached_passwords.app, name="passwords")
app.add_typer(users.app, name="users")
app.add_typer(sessions.app, name="sessions")
app.add_typer(service_keys.app, name="service-keys")
app.add_typer(audiences.app, name="audiences")
app.add_typer(signing_keys.app, name="keys")
app.command()(audit.audit)
users.app.command("import")(transfer.import_)
users.app.command()(transfer.export)
users.app.command()(user_changes.verify)
users.app.command()(user_changes.unlock)
users.app.command("set-role")(user_changes.set_role)
users.app.command()(user_access.disable)
users.app.command()(user_access.enable)
users.app.command("reset-password")(user_access.reset_password)
users.app.command()(user_changes.delete)
users.app.command("allow-mails")(allow_mails.allow_mails)
tenants.app.command("set-mail")(tenant_changes.set_mail)
tenants.app.command("set-policy")(tenant_changes.set_policy)
tenants.app.command()(tenant_changes.delete)
mail.app.command()(mail_preview.preview)
mail.app.command()(mail_worker.worker)
mail.app.command("list")(mail.list_)
mail.app.command()(mail.show)
mail.app.command()(mail.retry)


_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""The disk is full: an error of the command's output, not of the database connection."""


def run_command() -> None:
    """Runs the command. Errors that an operator can fix end it with a message and exit code 2."""
    try:
        app()
    except SettingsError as error:
        _exit(str(error))
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _DISK_FULL:
            _exit(f"Writing failed: {error.strerror}")
        if retry_after(error) is None:
            raise
        what = "CONNECTX_RATE_LIMIT_URL" if isinstance(error, StorageError) else "The database"
        _exit(f"{what} cannot be used: {str(error) or described(error)}")


def _exit(message: str) -> None:
    sys.stderr.write(f"{message}\n")
    raise SystemExit(2)
