"""``hsm-plan schema``: the JSON Schemas of what goes in and comes out."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from hsm_planner.cli.exits import Exit


def schema_command(
    name: Annotated[str, typer.Argument(help="profile, a result (assess, plan, show, list...) or a file of the data.")],
) -> int:
    """Print the JSON Schema of a document."""
    from hsm_planner.report.schemas import names, schema_text
    from hsm_planner.values.problems import did_you_mean

    if name not in names():
        hint = did_you_mean(name, names()) or f"There are: {', '.join(names())}."
        raise typer.BadParameter(f"there is no schema {name!r}. {hint}")
    sys.stdout.write(schema_text(name))
    return Exit.DONE
