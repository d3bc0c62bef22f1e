"""``hsm-plan ask``: the questions people ask most, answered from engine and data."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from hsm_planner.cli import completing, places
from hsm_planner.cli.exits import Exit
from hsm_planner.cli.forms import AsJson, Output, Report, ReportForm, form_of, write_result
from hsm_planner.cli.options import Overlays, day_of, load_knowledge
from hsm_planner.cli.person import person_of

if TYPE_CHECKING:
    from hsm_planner.knowledge.asked import AskedQuestion
    from hsm_planner.knowledge.meant import Meant
    from hsm_planner.knowledge.store import Knowledge
    from hsm_planner.profile.model import Profile

_MOST_MEANT = 3  # targets that one name may stand for and all be answered


def ask_command(
    question: Annotated[
        str,
        typer.Argument(
            help="In your words, or an id; without one the list of questions.", autocompletion=completing.questions
        ),
    ] = "",
    profile: Annotated[
        str | None, typer.Option("--profile", help="For this person; - reads input; default: the saved one.")
    ] = None,
    target: Annotated[
        str | None,
        typer.Option(
            "--target",
            "-t",
            help="What it is about, where the question does not say.",
            autocompletion=completing.targets,
        ),
    ] = None,
    state: Annotated[str | None, typer.Option(help="Two letters, like OH: for rules of a state.")] = None,
    overlays: Overlays = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="The day to look from; default today.")] = None,
    json: AsJson = False,
    format: ReportForm = None,
    output: Output = None,
) -> int:
    """Answer a question that people ask most: looked up, assessed and planned, with the sources."""
    form = form_of(Report, json=json, format_=format, output=output)
    day = day_of(as_of)
    from hsm_planner.cli.targets import state_known
    from hsm_planner.report.asking import answer_lines, question_lines
    from hsm_planner.report.jsonform import document, result_json
    from hsm_planner.report.terminal import write

    knowledge = load_knowledge(overlays)
    if not question:
        rows = knowledge.questions.questions
        if form == "json":
            listed = [{"id": one.id, "text": one.text, "also": list(one.also)} for one in rows]
            places.write_result(document("ask", questions=listed), output)
        else:
            write(question_lines(rows), sys.stdout, colour=places.colour(sys.stdout))
        return Exit.DONE
    place = state.upper() if state else None
    state_known(knowledge, place)
    from hsm_planner.knowledge.meant import meant
    from hsm_planner.planner.asking import answered

    found = meant(knowledge, question)
    asked = _known(found, question)
    place = place or found.state
    person = None
    if profile is not None or places.profile_path().is_file():
        person, _ = person_of(profile or "", knowledge)
        place = place or (person.target.state if person.target and person.target.state else person.state)
    asked, about = _about(knowledge, asked, found, target, place, person)
    beside = tuple(one.id for one in found.beside if one is not asked)
    result = answered(knowledge, asked, person, place, day, targets=about, unread=found.unread, beside=beside)
    write_result(form, output, lambda: answer_lines(result), {"json": lambda: result_json(result)})
    return Exit.DONE


def _known(found: Meant, words: str) -> AskedQuestion:
    """The question that was meant.

    Raises:
        InputError: when none is known, with those that are nearest.
    """
    from hsm_planner.values.problems import failure

    if found.question is not None:
        return found.question
    near = "; ".join(f"{one.text} ({one.id})" for one in found.near)
    hint = f"The nearest that we answer: {near}. `hsm-plan ask` lists all; `hsm-plan show NAME` has a whole rule."
    raise failure("unknown-question", f"we do not understand {words!r} well enough to answer it.", hint=hint)


def _about(
    knowledge: Knowledge,
    asked: AskedQuestion,
    found: Meant,
    target: str | None,
    state: str | None,
    person: Profile | None,
) -> tuple[AskedQuestion, tuple[str, ...]]:
    """The question to answer, and what it is about: what the words name, the option, or what the person wants.

    Raises:
        InputError: when nobody said what it is about, or a name stands for too many.
    """
    from hsm_planner.cli.targets import target_named
    from hsm_planner.values.problems import failure

    many = next((one for one in found.named if not one.own and len(one.ids) > _MOST_MEANT), None)
    if many is not None and not target:
        hint = f"Add --target: {', '.join(many.ids)}."
        raise failure("ambiguous", "the name in the question stands for several posts.", hint=hint)
    about = (target_named(knowledge, target, state).id,) if target else found.targets
    if about or not asked.needs_target:
        return asked, about
    own = person.target.id if person is not None and person.target is not None else None
    if own is not None:
        return asked, (own,)
    instead = next((one for one in knowledge.questions.questions if one.id == asked.instead), None)
    if instead is not None:
        return instead, ()
    text = f"of which post, certification or licence do you ask: {asked.text}"
    raise failure("no-target", text, hint="Name it in the question, or add --target, like --target 'practice manager'.")
