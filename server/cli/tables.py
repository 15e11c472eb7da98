"""What commands print: tables for people, JSON for scripts."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]
Limit = Annotated[int, typer.Option(help="At most so many, the newest first.", min=1)]

_PIPE = 10_000
"""Columns. A UUID that is broken over two lines cannot be copied, so a pipe gets room enough."""


def print_table(table: Table) -> None:
    # No markup: names are what people typed, and may have brackets.
    terminal = Console().is_terminal
    console = Console(width=None if terminal else _PIPE, markup=False, emoji=False, highlight=False)
    console.print(table)


def print_rows(rows: Sequence[Mapping[str, object]], *, columns: Mapping[str, str]) -> None:
    """The documents as a table; `columns` are their titles by key."""
    table = Table(*columns.values())
    for row in rows:
        table.add_row(*(cell(row[key]) for key in columns))
    print_table(table)


def print_pairs(title: str, pairs: Mapping[str, object]) -> None:
    table = Table(title=title, show_header=False)
    for label, value in pairs.items():
        table.add_row(label, cell(value))
    print_table(table)


def print_json(document: object) -> None:
    """One JSON document. Times are ISO 8601, in UTC."""
    typer.echo(json.dumps(document, indent=2, ensure_ascii=False, default=_plain))


def cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M")
        case _:
            return str(value)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
