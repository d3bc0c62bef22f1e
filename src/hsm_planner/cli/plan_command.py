"""``hsm-plan plan``: the dated plan."""

from __future__ import annotations

import sys
from enum import StrEnum
from math import isfinite
from typing import TYPE_CHECKING, Annotated

import typer

from hsm_planner.cli import completing
from hsm_planner.cli.assess_command import goal_of
from hsm_planner.cli.exits import Exit
from hsm_planner.cli.forms import AsJson, Output, Report, ReportForm, form_of, write_result
from hsm_planner.cli.options import HowFar, Overlays, day_of, last_day_of, load_with_targets
from hsm_planner.cli.person import Argument, person_of
from hsm_planner.values.problems import failure, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hsm_planner.engine.assess import Goal
    from hsm_planner.knowledge.store import Knowledge
    from hsm_planner.planner.result import Plan


class Objective(StrEnum):
    """What is best."""

    FASTEST = "fastest"
    CHEAPEST = "cheapest"


def plan_command(
    profile: Argument = "",
    target: Annotated[
        list[str] | None,
        typer.Option(
            "--target",
            "-t",
            help="Id, title or alias of what to reach; or a file with it. Repeatable.",
            autocompletion=completing.targets,
        ),
    ] = None,
    state: Annotated[
        str | None,
        typer.Option(help="Two letters, like OH: where the person wants to work.", autocompletion=completing.states),
    ] = None,
    or_in: Annotated[
        list[str] | None,
        typer.Option(
            "--or-in",
            metavar="STATE",
            help="A state to work in instead: its plan in short. Repeatable.",
            autocompletion=completing.states,
        ),
    ] = None,
    standard: HowFar = None,
    overlays: Overlays = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="The day to plan from; default today.")] = None,
    objective: Annotated[Objective, typer.Option(help="fastest or cheapest.")] = Objective.FASTEST,
    study_hours: Annotated[int | None, typer.Option(min=0, max=168, help="Hours a week for study.")] = None,
    stop_working: Annotated[bool, typer.Option("--stop-working", help="Study without a post beside it.")] = False,
    budget: Annotated[int | None, typer.Option(min=0, metavar="USD", help="The most that may be paid.")] = None,
    by: Annotated[str | None, typer.Option(metavar="DATE", help="The last day for the finish.")] = None,
    with_: Annotated[
        list[str] | None,
        typer.Option(
            "--with", help="A degree, credential, role or course that must be in it.", autocompletion=completing.entries
        ),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option("--without", help="One that must not be in it.", autocompletion=completing.entries),
    ] = None,
    alternatives: Annotated[
        int, typer.Option(min=0, max=9, help="So many other ways, and what would make it sooner; 0: the plan alone.")
    ] = 2,
    assume: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="Another number of ours.", autocompletion=completing.assumptions),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Leave with 3 when impossible, 4 when not proven.")] = False,
    json: AsJson = False,
    format: ReportForm = None,
    output: Output = None,
    dump: Annotated[bool, typer.Option("--dump", help="The neutral problem as JSON, in place of the plan.")] = False,
) -> int:
    """Plan the way to a target: what first, what beside the job, what it costs, when it is reached."""
    form = form_of(Report, json=json, format_=format, output=output)
    day = day_of(as_of)
    last = last_day_of(by, "--by") if by is not None else None
    if last is not None and last <= day:
        raise typer.BadParameter(f"--by {by}: lies not after {day.isoformat()}.")
    if or_in and not alternatives:
        raise typer.BadParameter("--or-in: another state is another way; leave --alternatives 0 out.")
    from hsm_planner.planner.plan import problem_dump
    from hsm_planner.planner.together import plan_with_nearer, plans
    from hsm_planner.planner.wishes import Wishes
    from hsm_planner.report.jsonform import result_json
    from hsm_planner.report.plan import plan_lines
    from hsm_planner.report.together import plans_lines

    if dump and len(target or ()) > 1:
        raise typer.BadParameter("--dump: the problem of one target; name one.")
    knowledge, targets = load_with_targets(overlays, target or [])
    person, _ = person_of(profile, knowledge)
    named: list[str | None] = [*targets] or [None]
    goals = list(
        {goal.id: goal for goal in (goal_of(person, knowledge, one, state, standard) for one in named)}.values()
    )
    wishes = Wishes(
        objective=objective.value,
        study_hours=study_hours,
        stop_working=stop_working,
        budget=budget,
        by=last,
        with_=tuple(_named(knowledge, name) for name in with_ or ()),
        without=frozenset(id_ for name in without or () for id_ in _named(knowledge, name)),
        assume=_assumed(assume or []),
        alternatives=alternatives or None,
        ask_first=True,
        elsewhere=_elsewhere(knowledge, goals, or_in or []),
    )
    if dump:
        sys.stdout.write(problem_dump(person, knowledge, goals[0], day, wishes))
        return Exit.DONE
    if len(goals) > 1:
        several = plans(person, knowledge, goals, day, wishes)
        write_result(form, output, lambda: plans_lines(several), {"json": lambda: result_json(several)})
        return _code(several.plans) if check else Exit.DONE
    result = plan_with_nearer(person, knowledge, goals[0], day, wishes)
    write_result(form, output, lambda: plan_lines(result), {"json": lambda: result_json(result)})
    return _code([result]) if check else Exit.DONE


def _elsewhere(knowledge: Knowledge, goals: Sequence[Goal], states: Sequence[str]) -> tuple[str, ...]:
    """The states of ``--or-in``.

    Raises:
        InputError: when one is no state, or has no rule of a target.
    """
    from hsm_planner.cli.targets import state_known
    from hsm_planner.planner.goals import in_state

    codes = tuple(dict.fromkeys(state.upper() for state in states))
    for code in codes:
        state_known(knowledge, code)
        for goal in goals:
            in_state(knowledge, goal, code)
    return codes


def _named(knowledge: Knowledge, name: str) -> frozenset[str]:
    """The ids that a name of ``--with`` or ``--without`` stands for: a level for itself and all its degrees.

    What a plan calls the rest of a degree begun stands for itself, too.

    Raises:
        InputError: when it is the id of nothing that a plan may hold.
    """
    from hsm_planner.planner.programmes import is_begun

    levels = knowledge.level_ids()
    known = {raw["id"] for _, raw in knowledge.raw_targets()} | {one.id for one in knowledge.programmes()}
    known |= {course.id for course in knowledge.words.courses}
    if name not in levels and name not in known and not is_begun(name):
        near = nearest(name, [*levels, *known])
        hint = f"Did you mean {' or '.join(near)}?" if near else "Write the id of a degree, credential, role or course."
        raise failure("unknown-id", f"there is no degree, credential, role or course {name!r}.", hint=hint)
    return frozenset((name, *levels.get(name, ())))


def _assumed(pairs: list[str]) -> dict[str, float]:
    """The numbers of ``--assume``.

    Raises:
        typer.BadParameter: when one is not NAME=VALUE with a number, or a name is given twice.
    """
    result: dict[str, float] = {}
    for pair in pairs:
        name, _, value = (part.strip() for part in pair.partition("="))
        if name in result:
            raise typer.BadParameter(f"--assume {pair}: {name} is given twice; name one number.")
        try:
            result[name] = float(value)
        except ValueError:
            raise typer.BadParameter(f"--assume {pair}: write NAME=VALUE, with a number.") from None
        if not isfinite(result[name]):
            raise typer.BadParameter(f"--assume {pair}: write a number that has an end.")
    return result


def _code(results: Sequence[Plan]) -> Exit:
    """Impossible before not proven, where there are several."""
    if any(result.status == "impossible" for result in results):
        return Exit.NOT_MET
    return Exit.DONE if all(result.status in ("done", "optimal") for result in results) else Exit.NOT_KNOWN
