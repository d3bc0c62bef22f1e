"""``hsm-plan schema``: the JSON Schemas of what goes in and comes out."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from hsm_planner.cli.exits import Exit


class Schema(StrEnum):
    """Documents that have a schema."""

    PROFILE = "profile"
    ASSESS = "assess"
    PLAN = "plan"
    SHOW = "show"
    ERRORS = "errors"


def schema_command(name: Annotated[Schema, typer.Argument(help="Which document.")]) -> int:
    """Print the JSON Schema of a document."""
    from hsm_planner.report.schemas import schema_text

    sys.stdout.write(schema_text(name.value))
    return Exit.DONE
