"""``hsm-plan knowledge``: check the data."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from hsm_planner.cli import places
from hsm_planner.cli.exits import Exit

app = typer.Typer(help="Look after the data.", rich_markup_mode=None, no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Look after the data."""


@app.command("check")
def check_command(
    directory: Annotated[Path | None, typer.Argument(help="A data folder; default: the program's own.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Problems as JSON.")] = False,
) -> int:
    """Check every entry: references, cycles, sources, empty trees, one-branch alternatives."""
    from hsm_planner.knowledge.check import check
    from hsm_planner.values.problems import InputError

    place = directory or places.data_directory()
    found = check(place)
    if found.problems:
        raise InputError(found.problems)
    if json:
        from hsm_planner.report.jsonform import document

        sys.stdout.write(document("knowledge check", summary=found.summary))
        return Exit.DONE
    sys.stdout.write(f"{found.summary}\n")
    return Exit.DONE
