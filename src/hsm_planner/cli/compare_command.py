"""``hsm-plan compare``: one person beside many targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from hsm_planner.cli import completing
from hsm_planner.cli.assess_command import goal_of, standard_of
from hsm_planner.cli.exits import Exit
from hsm_planner.cli.forms import AsJson, Output, Table, TableForm, form_of, write_result
from hsm_planner.cli.options import HowFar, Overlays, day_of, load_with_targets
from hsm_planner.cli.person import Argument, person_of

if TYPE_CHECKING:
    import datetime as dt

    from hsm_planner.engine.assess import Goal
    from hsm_planner.engine.compare import Comparison, PlanInShort
    from hsm_planner.knowledge.store import Knowledge
    from hsm_planner.profile.model import Profile


def compare_command(
    profile: Argument = "",
    target: Annotated[
        list[str] | None,
        typer.Option(
            "--target", "-t", help="One to compare; default every role. Repeatable.", autocompletion=completing.targets
        ),
    ] = None,
    state: Annotated[
        list[str] | None,
        typer.Option(
            help="Two letters, like OH. Several: each target in each of them.", autocompletion=completing.states
        ),
    ] = None,
    standard: HowFar = None,
    plans: Annotated[bool, typer.Option("--plans", help="Add when a dated plan reaches each, and its cost.")] = False,
    overlays: Overlays = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="The day to compare on; default today.")] = None,
    json: AsJson = False,
    format: TableForm = None,
    output: Output = None,
) -> int:
    """How near a person is to every role, or to those named, or to one licence in several states."""
    form = form_of(Table, json=json, format_=format, output=output)
    day = day_of(as_of)
    from hsm_planner.cli.targets import state_known
    from hsm_planner.engine.compare import compare, every_role
    from hsm_planner.report.compare import compare_lines
    from hsm_planner.report.jsonform import result_json
    from hsm_planner.report.tabular import csv_text, jsonl_text

    knowledge, targets = load_with_targets(overlays, target or [])
    person, _ = person_of(profile, knowledge)
    places_: list[str | None] = [code.upper() for code in state or []]
    for code in filter(None, places_):
        state_known(knowledge, code)
    if targets:
        goals = [goal_of(person, knowledge, one, where, standard) for one in targets for where in places_ or [None]]
    else:
        far = standard_of(person, standard)
        goals = [goal for code in places_ or [person.state] for goal in every_role(knowledge, code, far)]
    result = compare(person, knowledge, list(dict.fromkeys(goals)), day)
    if plans:
        result = _with_plans(result, person, knowledge, goals, day)
    write_result(
        form,
        output,
        lambda: compare_lines(result),
        {
            "json": lambda: result_json(result),
            "csv": lambda: csv_text(result.rows),
            "jsonl": lambda: jsonl_text(result.rows),
        },
    )
    return Exit.DONE


def _with_plans(
    result: Comparison, person: Profile, knowledge: Knowledge, goals: list[Goal], day: dt.date
) -> Comparison:
    """The same with a dated plan in short for each row."""
    from hsm_planner.planner.first import in_short
    from hsm_planner.planner.plan import plan

    made: dict[tuple[str, str | None], PlanInShort] = {}
    for goal in goals:
        found = plan(person, knowledge, goal, day)
        made[found.goal.id, found.goal.state] = in_short(found)
    rows = tuple(row.model_copy(update={"plan": made[row.id, row.state]}) for row in result.rows)
    return result.model_copy(update={"rows": rows})
