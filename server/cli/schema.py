"""`connectx schema`: exports the GraphQL schema, and lists its breaking changes."""

import json
from pathlib import Path
from typing import Annotated

import typer


def schema(
    *,
    possible_types: Annotated[
        bool,
        typer.Option("--possible-types", help="Print the members of unions and interfaces (JSON)."),
    ] = False,
    federation: Annotated[
        bool,
        typer.Option("--federation", help="Print the schema of the subgraph (docs/federation.md)."),
    ] = False,
    since: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            help="List what breaks clients of this older schema; exit code 1 if any.",
        ),
    ] = None,
) -> None:
    """Print the GraphQL schema (SDL).

    Example: connectx schema > schema.graphql
    """
    from graph import schema_export

    if since is not None:
        _compare(since)
    elif possible_types:
        typer.echo(json.dumps(schema_export.possible_types(), indent=2))
    else:
        from server.endpoints.served_schema import schema_text

        typer.echo(schema_text(federated=federation), nl=False)


def _compare(since: Path) -> None:
    from graph import schema_export

    try:
        changes = schema_export.changes_since(since.read_text(encoding="utf-8"))
    except ValueError as error:
        raise typer.BadParameter(f"{since} is no GraphQL schema: {error}") from None
    for change in changes:
        typer.echo(f"{'BREAKING' if change.breaking else 'dangerous'}  {change.description}")
    if not changes:
        typer.echo(f"Nothing breaks clients of {since}.")
    if any(change.breaking for change in changes):
        raise typer.Exit(1)
