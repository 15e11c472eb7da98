"""`connectx secret-key`: a new key for the setting."""

import typer

from server.secret_key import new_secret_key


def secret_key() -> None:
    """Print a new key for CONNECTX_SECRET_KEY.

    Example: export CONNECTX_SECRET_KEY=$(connectx secret-key)
    """
    typer.echo(new_secret_key())
