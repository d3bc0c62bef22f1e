"""``hsm-plan renewals``: what keeps each credential alive."""

from __future__ import annotations

from typing import Annotated

import typer

from hsm_planner.cli.exits import Exit
from hsm_planner.cli.forms import AsJson, Output, Report, ReportForm, form_of, write_result
from hsm_planner.cli.options import Overlays, day_of, last_day_of, load_knowledge
from hsm_planner.cli.person import Argument, person_of


def renewals_command(
    profile: Argument = "",
    until: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Renewals up to this day, month or year, and the next; default now."),
    ] = None,
    overlays: Overlays = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="The day to look from; default today.")] = None,
    json: AsJson = False,
    format: ReportForm = None,
    output: Output = None,
) -> int:
    """What each credential held asks to stay in force: when, how many hours of what, and the fee."""
    form = form_of(Report, json=json, format_=format, output=output)
    day = day_of(as_of)
    last = day if until is None else last_day_of(until, "--until")
    if last < day:
        raise typer.BadParameter(f"--until {until}: lies before {day.isoformat()}.")
    from hsm_planner.engine.keeping import renewals
    from hsm_planner.report.jsonform import result_json
    from hsm_planner.report.renewal import renewals_lines

    knowledge = load_knowledge(overlays)
    person, _ = person_of(profile, knowledge)
    result = renewals(person, knowledge, day, last)
    write_result(form, output, lambda: renewals_lines(result), {"json": lambda: result_json(result)})
    return Exit.DONE
