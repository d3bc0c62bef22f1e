"""``hsm-plan whatif``: the same report with changes, as a difference."""

from __future__ import annotations

from typing import Annotated

import typer

from hsm_planner.cli import completing, places
from hsm_planner.cli.assess_command import goal_of
from hsm_planner.cli.exits import Exit
from hsm_planner.cli.forms import AsJson, Output, Report, ReportForm, form_of, write_result
from hsm_planner.cli.options import Overlays, day_of, load_with_target
from hsm_planner.cli.person import Argument, person_of


def whatif_command(
    context: typer.Context,
    profile: Argument = "",
    add: Annotated[
        list[str] | None,
        typer.Option("--add", help="KIND: VALUE, like 'degree: MHA' or 'exam: nab-core'. Repeatable."),
    ] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="PATH=VALUE, like state=TX or experience[0].supervises=8.")
    ] = None,
    drop: Annotated[list[str] | None, typer.Option("--drop", help="PATH to leave out, like experience[1].")] = None,
    patch: Annotated[
        str | None, typer.Option("--patch", metavar="FILE", help="Keys of a profile: lists grow, all else is replaced.")
    ] = None,
    target: Annotated[
        str | None,
        typer.Option(
            "--target", "-t", help="Id, title or alias; or a file with one.", autocompletion=completing.targets
        ),
    ] = None,
    state: Annotated[
        str | None,
        typer.Option(help="Two letters, like OH: where the person wants to work.", autocompletion=completing.states),
    ] = None,
    overlays: Overlays = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="The day to look from; default today.")] = None,
    json: AsJson = False,
    format: ReportForm = None,
    output: Output = None,
) -> int:
    """What would change, for the verdict and for the plan, if something were different. Nothing is written."""
    form = form_of(Report, json=json, format_=format, output=output)
    if not (add or set_ or drop or patch):
        raise typer.BadParameter("say what would be different: --add, --set, --drop or --patch.")
    _refuse_loose(add or [], [profile, *context.args])
    day = day_of(as_of)
    from hsm_planner.planner.whatif import whatif
    from hsm_planner.profile.changes import Changes, changed, read_patch
    from hsm_planner.report.jsonform import result_json
    from hsm_planner.report.whatif import whatif_lines
    from hsm_planner.resolve.person import check_words
    from hsm_planner.values.problems import InputError

    knowledge, target = load_with_target(overlays, target)
    before, _ = person_of(profile, knowledge)
    laid_over = read_patch(*places.read_input(patch)) if patch else None
    changes = Changes(tuple(add or ()), tuple(set_ or ()), tuple(drop or ()), laid_over)
    after, document = changed(before, changes, day)
    problems = check_words(after, knowledge, document, before)
    if problems:
        raise InputError(problems)
    goals = (
        goal_of(before, knowledge, target, state, None),
        goal_of(after, knowledge, target, state, None),
    )
    result = whatif(before, after, knowledge, goals, day, changes.words)
    write_result(form, output, lambda: whatif_lines(result), {"json": lambda: result_json(result)})
    return Exit.DONE


def _refuse_loose(add: list[str], told: list[str]) -> None:
    """Refuse a word that was meant for ``--add`` and stands outside its quotes.

    Raises:
        typer.BadParameter: with the right form.
    """
    loose = next((word for word in told if word not in ("", places.STDIN) and not places.is_there(word)), "")
    bare = next((text for text in add if ":" not in text), None)
    if bare is not None and loose:
        from hsm_planner.profile.changes import right_form

        raise typer.BadParameter(f"--add {bare}: kind and value belong together. {right_form(bare, loose)}")
    if len(told) > 1:
        raise typer.BadParameter(f"one PROFILE, not {' and '.join(told)}. Put what has spaces in quotes.")
