"""``hsm-plan show``: one entry of the knowledge."""

from __future__ import annotations

from typing import Annotated

import typer

from hsm_planner.cli import completing
from hsm_planner.cli.exits import Exit
from hsm_planner.cli.forms import AsJson, Output, Report, ReportForm, form_of, write_result
from hsm_planner.cli.options import Overlays, day_of, load_with_targets


def show_command(
    target: Annotated[
        str,
        typer.Argument(
            help="Id, title or alias of a role, certification, licence, degree or exam; or a file with one posting.",
            autocompletion=completing.entries,
        ),
    ],
    state: Annotated[
        str | None, typer.Option(help="Two letters: the licence of that state, or of a role what that state asks.")
    ] = None,
    overlays: Overlays = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="The rules of which day; default today.")] = None,
    json: AsJson = False,
    format: ReportForm = None,
    output: Output = None,
) -> int:
    """Show one entry: its rule in sentences, exams, fees, renewal, sources, what was not found."""
    form = form_of(Report, json=json, format_=format, output=output)
    day = day_of(as_of)
    from hsm_planner.cli.targets import of_state, target_named
    from hsm_planner.engine.describe import describe, describe_exam, describe_programme
    from hsm_planner.knowledge.names import find_exam, find_programme
    from hsm_planner.report.jsonform import result_json
    from hsm_planner.report.show import show_lines

    knowledge, (name,) = load_with_targets(overlays, [target])
    programme = find_programme(knowledge, name)
    degree = knowledge.programme(programme) if programme else None
    exam = find_exam(knowledge, name)
    facts = knowledge.exam(exam) if exam else None
    if degree is not None:
        shown = describe_programme(knowledge, degree, day)
    elif facts is not None:
        shown = describe_exam(knowledge, facts, day)
    else:
        match = of_state(target_named(knowledge, name, state.upper() if state else None), state)
        entry = knowledge.entry(match.kind, match.id)
        assert entry is not None
        shown = describe(knowledge, entry, day, state.upper() if state else None)
    write_result(form, output, lambda: show_lines(shown), {"json": lambda: result_json(shown)})
    return Exit.DONE
