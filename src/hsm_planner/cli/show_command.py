"""``hsm-plan show``: one entry of the knowledge."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from hsm_planner.cli import places
from hsm_planner.cli.exits import Exit
from hsm_planner.cli.options import day_of


def show_command(
    target: Annotated[str, typer.Argument(help="Id, title or alias of a role, certification, licence or degree.")],
    state: Annotated[str | None, typer.Option(help="Two letters, for licences of one family.")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="The rules of which day; default today.")] = None,
    json: Annotated[bool, typer.Option("--json", help="The entry as JSON.")] = False,
) -> int:
    """Show one entry: its rule in sentences, exams, fees, renewal, sources, what was not found."""
    day = day_of(as_of)
    from hsm_planner.cli.targets import target_named
    from hsm_planner.engine.describe import describe, describe_programme
    from hsm_planner.knowledge.names import find_programme
    from hsm_planner.knowledge.store import Knowledge

    knowledge = Knowledge.load(places.data_directory())
    programme = find_programme(knowledge, target)
    degree = knowledge.programme(programme) if programme else None
    if degree is not None:
        shown = describe_programme(knowledge, degree, day)
    else:
        match = target_named(knowledge, target, state.upper() if state else None)
        entry = knowledge.entry(match.kind, match.id)
        assert entry is not None
        shown = describe(knowledge, entry, day)
    if json:
        from hsm_planner.report.jsonform import result_json

        sys.stdout.write(result_json(shown))
    else:
        from hsm_planner.report.show import show_lines
        from hsm_planner.report.terminal import write

        write(show_lines(shown), sys.stdout, colour=places.colour(sys.stdout))
    return Exit.DONE
