"""``matchkit schema``: the JSON Schema of the files."""

from __future__ import annotations

from typing import Annotated, Literal

import typer


def schema(
    what: Annotated[
        Literal["problem", "plan"],
        typer.Argument(metavar="[problem|plan]", help="Which file to describe."),
    ] = "problem",
) -> None:
    """Print the published JSON Schema of a problem or plan file."""
    from matchkit.tables.published import schema as published
    from matchkit.tables.published import schema_text

    typer.echo(schema_text(published(what)), nl=False)
