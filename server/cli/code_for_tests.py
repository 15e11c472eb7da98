"""`connectx test-code`: prints the code of a test address."""

from typing import Annotated

import typer

from models import Purpose
from models.sql.proof import NEWEST_COLUMN
from server.cli.shared import address, refuse
from server.clock import utc_now
from server.secret_key import has_key, keyring
from server.settings import Settings


def _purpose(typed: str) -> Purpose:
    name = typed.strip().upper().replace("-", "_")
    if name not in NEWEST_COLUMN:
        raise typer.BadParameter(f"takes one of {', '.join(NEWEST_COLUMN)}")
    return Purpose(name)


def code_of_test_address(
    email: Annotated[str, typer.Argument(parser=address, metavar="EMAIL", help="The address.")],
    *,
    purpose: Annotated[
        Purpose,
        typer.Option(
            parser=_purpose, metavar="PURPOSE", help=f"What it is for: {', '.join(NEWEST_COLUMN)}."
        ),
    ] = Purpose.REGISTRATION,
) -> None:
    """Print the code of a test address, which is always the same (CONNECTX_TEST_ADDRESSES).

    For EMAIL_CHANGE, name the new address. The command needs no database.

    Example: connectx test-code e2e+1@example.com --purpose PASSWORD_RESET
    """
    settings = Settings.read()
    found = settings.test_addresses
    if found is None:
        refuse(f"{email} is not a test address: CONNECTX_TEST_ADDRESSES is not set.")
    if found.ended(utc_now()):
        refuse(f"{email} is not a test address: the last day of them was {found.until}.")
    if not found.match(email, now=utc_now()):
        refuse(f"{email} is not a test address: CONNECTX_TEST_ADDRESSES has {found}.")
    if not has_key(settings):
        refuse(
            f"There is no secret key in {settings.data_dir.absolute()}. Set CONNECTX_SECRET_KEY, "
            "or run this command where the server runs."
        )
    typer.echo(keyring(settings).test_otp(email, purpose=purpose))
