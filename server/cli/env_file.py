"""The option `--env-file`: settings from a file, as systemd and containers have them."""

import os
from pathlib import Path
from typing import Annotated

import typer


def _load(file: Path | None) -> Path | None:
    """Sets the variables of the file that are not set yet, for this process and its workers."""
    if file is None:
        return None
    from dotenv import dotenv_values

    try:
        found = dotenv_values(file, interpolate=False, encoding="utf-8")
    except UnicodeDecodeError:
        raise typer.BadParameter(f"{file} is not UTF-8") from None
    for name, value in found.items():
        if value is None:
            raise typer.BadParameter(f"{file}: {name} has no value; a line is NAME=value")
        os.environ.setdefault(name, value)
    return file


EnvFile = Annotated[
    Path | None,
    typer.Option(
        "--env-file",
        callback=_load,
        is_eager=True,
        exists=True,
        dir_okay=False,
        readable=True,
        help="Read settings from this file; environment variables take precedence.",
    ),
]
