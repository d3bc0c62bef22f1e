"""``hsm-plan follow``: a saved plan against the person and the data of today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from hsm_planner.cli import places
from hsm_planner.cli.exits import Exit
from hsm_planner.cli.forms import AsJson, Output, Report, ReportForm, form_of, write_result
from hsm_planner.cli.options import Overlays, day_of, load_knowledge
from hsm_planner.cli.person import Argument, person_of

if TYPE_CHECKING:
    from hsm_planner.planner.result import Plan

_MOST_TOLD = 5


def follow_command(
    plan: Annotated[str, typer.Argument(help="A plan saved by `hsm-plan plan ... -o plan.json`.")],
    profile: Argument = "",
    overlays: Overlays = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="The day to look from; default today.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Leave with 3 without a plan, 4 when not known.")] = False,
    json: AsJson = False,
    format: ReportForm = None,
    output: Output = None,
) -> int:
    """What of a saved plan is done, under way or late, which rules have changed, and the plan from today on."""
    form = form_of(Report, json=json, format_=format, output=output)
    day = day_of(as_of)
    from hsm_planner.cli.targets import state_known
    from hsm_planner.planner.follow import follow
    from hsm_planner.report.follow import follow_lines
    from hsm_planner.report.jsonform import result_json

    saved = _saved(plan)
    if saved.as_of > day.isoformat():
        raise typer.BadParameter(f"--as-of {day.isoformat()}: lies before the plan, which is of {saved.as_of}.")
    knowledge = load_knowledge(overlays)
    state_known(knowledge, saved.goal.state)
    person, _ = person_of(profile, knowledge)
    found = follow(saved, person, knowledge, day)
    write_result(form, output, lambda: follow_lines(found), {"json": lambda: result_json(found)})
    if not check or found.plan.status in ("done", "optimal"):
        return Exit.DONE
    return Exit.NOT_MET if found.plan.status == "impossible" else Exit.NOT_KNOWN


def _saved(path: str) -> Plan:
    """A plan from its JSON.

    Raises:
        InputError: when the file is no plan of one target.
    """
    from pydantic import ValidationError

    from hsm_planner.planner.result import Plan
    from hsm_planner.values.problems import InputError, Problem

    text, name = places.read_input(path)
    hint = "Write it by `hsm-plan plan PROFILE --target T -o plan.json`, with one target."
    try:
        return Plan.model_validate_json(text)
    except ValidationError as error:
        raise InputError(
            [
                Problem(
                    "not-a-plan", f"this is no saved plan: {one['msg']}.", file=name,
                    path=".".join(map(str, one["loc"])), hint=hint,
                )
                for one in error.errors(include_url=False)[:_MOST_TOLD]
            ]
        ) from None  # fmt: skip
