"""``hsm-plan outlook``: pay and growth."""

from __future__ import annotations

from typing import Annotated

import typer

from hsm_planner.cli.exits import Exit
from hsm_planner.cli.forms import AsJson, Output, Report, ReportForm, form_of, write_result
from hsm_planner.cli.options import Overlays, day_of, load_knowledge


def outlook_command(
    role: Annotated[
        str, typer.Argument(help="Id, title or alias of a role, or a federal code like 11-9111.")
    ] = "11-9111",
    state: Annotated[str | None, typer.Option(help="Two letters, like OH: what is known of that state.")] = None,
    overlays: Overlays = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="How old sources are as of a day.")] = None,
    json: AsJson = False,
    format: ReportForm = None,
    output: Output = None,
) -> int:
    """Tell pay and growth of a post's occupation, each figure with its vintage and source."""
    form = form_of(Report, json=json, format_=format, output=output)
    day = day_of(as_of).isoformat()
    from hsm_planner.cli.targets import state_known, target_named
    from hsm_planner.engine.outlook import occupation_of, outlook
    from hsm_planner.report.jsonform import result_json
    from hsm_planner.report.outlook import outlook_lines
    from hsm_planner.values.problems import failure

    knowledge = load_knowledge(overlays)
    place = state.upper() if state else None
    if role in {one.id for one in knowledge.labor.occupations}:
        state_known(knowledge, place)
        result = outlook(knowledge, None, role, place, day)
    else:
        match = target_named(knowledge, role, place)
        entry = knowledge.role(match.id) if match.kind == "role" else None
        if entry is None:
            raise failure("unknown-id", f"{match.id} is a {match.kind}, not a post.", hint="See `hsm-plan roles`.")
        result = outlook(knowledge, entry, occupation_of(entry), place, day)
    write_result(form, output, lambda: outlook_lines(result), {"json": lambda: result_json(result)})
    return Exit.DONE
