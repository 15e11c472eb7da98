"""Prints tables for people and JSON for scripts."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    # Imported where it is used: a server prints no table.
    from rich.console import Console
    from rich.table import Table

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]


def number(*, least: int, most: int | None = None) -> Callable[[str | int], int]:
    """A parser of an option that takes a whole number from `least` to `most`."""
    limits = f"from {least} to {most}" if most is not None else f"of at least {least}"

    def parse(typed: str | int) -> int:
        try:
            found = int(typed)
        except ValueError:
            found = least - 1
        if found < least or (most is not None and found > most):
            raise typer.BadParameter(f"takes a whole number {limits}")
        return found

    return parse


EntryLimit = Annotated[
    int,
    typer.Option(
        parser=number(least=1), metavar="N", help="Show at most this many entries, newest first."
    ),
]

_PIPE = 10_000
"""Width in columns of output to a pipe: wide enough that no UUID is broken over two lines."""


def print_table(table: "Table") -> None:
    for column in table.columns:
        column.overflow = "fold"  # folds long values instead of cutting them off
    _console().print(table)


def print_rows(rows: Sequence[Mapping[str, object]], *, columns: Mapping[str, str]) -> None:
    """Prints the documents as a table; `columns` maps their keys to titles.

    On a terminal that is too narrow, it prints each document as a block of lines.
    """
    from rich.measure import Measurement
    from rich.table import Table

    table = Table(*columns.values())
    for row in rows:
        table.add_row(*(cell(row[key]) for key in columns))
    console = _console()
    roomy = console.options.update(width=_PIPE)
    if Measurement.get(console, roomy, table).maximum > console.width:
        table = Table(show_header=False)
        for row in rows:
            for key, title in columns.items():
                table.add_row(title, cell(row[key]))
            table.add_section()
    print_table(table)


def print_pairs(title: str, document: Mapping[str, object]) -> None:
    """Prints the document as a table with a row for each key."""
    from rich.table import Table

    table = Table(title=title, show_header=False)
    for key, value in document.items():
        table.add_row(_label(key), cell(value))
    print_table(table)


def _label(key: str) -> str:
    """The label of a key: `created` for `createdAt`, `verified` for `isVerified`."""
    words = re.sub(r"(?<=[a-z])[A-Z]", lambda found: f" {found[0].lower()}", key)
    return words.removeprefix("is ").removesuffix(" at").removesuffix(" id")


def _console() -> "Console":
    from rich.console import Console

    # No markup: names are user input, and may contain brackets.
    width = None if Console().is_terminal else _PIPE
    return Console(width=width, markup=False, emoji=False, highlight=False)


def print_json(document: object) -> None:
    """Prints one JSON document. Times are ISO 8601 in UTC."""
    typer.echo(json.dumps(document, indent=2, ensure_ascii=False, default=_plain))


def cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return f"{value:%Y-%m-%d %H:%MZ}"
        case _:
            return str(value)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
