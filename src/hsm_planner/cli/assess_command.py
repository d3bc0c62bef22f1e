"""``hsm-plan assess``: the gap report."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hsm_planner.cli import completing, places
from hsm_planner.cli.exits import Exit
from hsm_planner.cli.forms import AsJson, Output, Report, ReportForm, form_of, write_result
from hsm_planner.cli.options import HowFar, NoInput, Overlays, Standard, day_of, load_with_target
from hsm_planner.cli.person import Argument, person_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hsm_planner.engine.assess import Goal
    from hsm_planner.engine.assess import Standard as Reach
    from hsm_planner.engine.result import Assessment
    from hsm_planner.knowledge.store import Knowledge
    from hsm_planner.profile.model import Profile
    from hsm_planner.report.lines import Line


def assess_command(
    profile: Argument = "",
    target: Annotated[
        str | None,
        typer.Option(
            "--target",
            "-t",
            help="Id, title or alias of a role, certification or licence; or a file with one.",
            autocompletion=completing.targets,
        ),
    ] = None,
    state: Annotated[
        str | None,
        typer.Option(help="Two letters, like OH: where the person wants to work.", autocompletion=completing.states),
    ] = None,
    standard: HowFar = None,
    overlays: Overlays = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="The day to assess for; default today.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Leave with 3 when not met, 4 when not known.")] = False,
    plan: Annotated[bool, typer.Option("--plan", help="Add how the dated plan begins.")] = False,
    json: AsJson = False,
    format: ReportForm = None,
    output: Output = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No report: only the exit code (with --check) or file.")
    ] = False,
    no_input: NoInput = False,
    plain: Annotated[bool, typer.Option("--plain", help="Ask one question a line, for screen readers.")] = False,
) -> int:
    """Compare a person with what a target asks: met, missing, not known, and who says so."""
    form = form_of(Report, json=json, format_=format, output=output)
    day = day_of(as_of)
    if output is not None and profile and output.resolve() == Path(profile).resolve():
        raise typer.BadParameter(f"-o {output}: that is the profile itself. Name another file.")
    from hsm_planner.engine.assess import assess
    from hsm_planner.report.jsonform import result_json

    knowledge, target = load_with_target(overlays, target)
    beside: tuple[Goal, ...] = ()  # further targets that the person named in the interview
    asked = False
    if not profile and not no_input and places.can_ask() and not places.profile_path().is_file():
        from hsm_planner.cli.interview import Left, interview

        try:
            path, beside = interview(knowledge, day, plain=plain)
        except Left as left:
            return left.code
        profile, asked = str(path), True
    person, document = person_of(profile, knowledge)
    if asked and target is None and person.target is None:  # who chose none sees how near all are
        from hsm_planner.cli.compare_command import compare_command

        given = {"--plan": plan, "--state": state, "--standard": standard, "--check": check, "--quiet": quiet}
        if named := ", ".join(name for name, value in given.items() if value):
            sys.stderr.write(f"hsm-plan: no target was chosen, so {named} had nothing to do.\n")
        return compare_command(profile, overlays=overlays, as_of=as_of, json=json, output=output)
    goal = goal_of(person, knowledge, target, state, standard)
    result = assess(person, knowledge, goal, day, document=document)
    if plan and not result.target.held:
        from hsm_planner.planner.first import first_steps
        from hsm_planner.planner.plan import plan as plan_for
        from hsm_planner.planner.wishes import Wishes

        found_plan = plan_for(person, knowledge, goal, day, Wishes(ask_first=True))
        result = result.model_copy(update={"plan": first_steps(found_plan)})
    if not quiet or output is not None:
        found = [result, *(assess(person, knowledge, one, day, document=document) for one in beside)]
        write_result(form, output, lambda: _lines(found), {"json": lambda: result_json(result)})
    return _code(result) if check else Exit.DONE


def standard_of(profile: Profile, standard: Standard | None) -> Reach:
    """How far the rule of a role reaches: as asked, else as the profile says, else what is usual."""
    own = profile.target
    return standard.value if standard else (own.standard if own and own.standard else "typical")


def goal_of(
    profile: Profile, knowledge: Knowledge, target: str | None, state: str | None, standard: Standard | None
) -> Goal:
    """The target from the command line, else from the profile.

    Raises:
        InputError: when it is not known, or stands for several.
    """
    from hsm_planner.cli.targets import of_state, target_named
    from hsm_planner.engine.assess import Goal
    from hsm_planner.values.problems import failure

    own = profile.target
    wanted = target or (own.id if own else None)
    if wanted is None:
        raise failure("no-target", "no target is given.", hint="Add --target T, or `target: {id: ...}` to the profile.")
    place = state.upper() if state else (own.state if own and own.state else profile.state)
    match = of_state(target_named(knowledge, wanted, place), state)
    setting = _setting(own.setting, knowledge) if own and own.setting else None
    same = own is not None and (target is None or own.id in (target, match.id))
    return Goal(
        match.kind,
        match.id,
        place,
        standard_of(profile, standard),
        setting if same else None,
        own.beds if own and same else None,
    )


def _setting(given: str, knowledge: Knowledge) -> str:
    """The id of the setting that the profile's target names.

    Raises:
        InputError: when the vocabulary does not have it.
    """
    from hsm_planner.knowledge.store import plain
    from hsm_planner.resolve.lookup import index
    from hsm_planner.values.problems import did_you_mean, failure

    known = index(knowledge.words.settings)
    if plain(given) not in known:
        ids = sorted(set(known.values()))
        hint = did_you_mean(given, known) or f"Known: {', '.join(ids)}."
        raise failure("unknown-id", f"target.setting: {given!r} is no setting we know.", hint=hint)
    return known[plain(given)]


def _lines(results: Sequence[Assessment]) -> Iterator[Line]:
    """The reports, one below the other."""
    from hsm_planner.report.lines import Line
    from hsm_planner.report.text import report

    for number, result in enumerate(results):
        yield from (Line(), Line()) if number else ()
        yield from report(result)


def _code(result: Assessment) -> Exit:
    return {"ready": Exit.DONE, "not_ready": Exit.NOT_MET, "unknown": Exit.NOT_KNOWN}[result.verdict.value]
