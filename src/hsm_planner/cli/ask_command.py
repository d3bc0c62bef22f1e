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
    from hsm_planner.knowledge.store import Knowledge

_LITTLE = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "can",
        "could",
        "do",
        "does",
        "for",
        "from",
        "get",
        "have",
        "how",
        "i",
        "if",
        "in",
        "is",
        "it",
        "like",
        "me",
        "my",
        "not",
        "of",
        "on",
        "or",
        "s",
        "t",
        "that",
        "the",
        "there",
        "they",
        "this",
        "to",
        "was",
        "what",
        "when",
        "where",
        "which",
        "who",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)
_ALIKE = 60  # of 100: words that are near enough to be the same question


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
    asked = _meant(knowledge, question)
    place = place or _state_in(knowledge, question)
    person = None
    if profile is not None or places.profile_path().is_file():
        person, _ = person_of(profile or "", knowledge)
        place = place or (person.target.state if person.target and person.target.state else person.state)
    from hsm_planner.planner.asking import answered

    result = answered(knowledge, asked, person, place, day)
    write_result(form, output, lambda: answer_lines(result), {"json": lambda: result_json(result)})
    return Exit.DONE


def _state_in(knowledge: Knowledge, words: str) -> str | None:
    """The state that a question names."""
    low = f" {words.lower()} ".replace("?", " ").replace(",", " ")
    found = {name: code for code, name in knowledge.words.states.items() if f" {name.lower()} " in low}
    named = [code for name, code in found.items() if not any(name != one and name in one for one in found)]
    return named[0] if len(named) == 1 else None


def _meant(knowledge: Knowledge, words: str) -> AskedQuestion:
    """The question that some words mean.

    Raises:
        InputError: when none is near.
    """
    from rapidfuzz import fuzz, process, utils

    from hsm_planner.values.problems import failure

    rows = knowledge.questions.questions
    by_id = next((one for one in rows if one.id == words), None)
    if by_id is not None:
        return by_id
    names = {text: one for one in rows for text in (one.text, *one.also)}

    def telling(text: str) -> str:
        return " ".join(word for word in utils.default_process(text).split() if word not in _LITTLE)

    found = process.extract(words, list(names), scorer=fuzz.token_set_ratio, processor=telling, limit=5)
    told = set(telling(words).split())
    for text, alike, _ in found:
        shared = told & set(telling(text).split())
        if alike >= _ALIKE and len(shared) >= min(2, len(told)):
            return names[text]
    near = ", ".join(dict.fromkeys(names[text].id for text, _, _ in found))
    hint = f"Near: {near}. `hsm-plan ask` lists all."
    raise failure("unknown-question", f"{words!r} is no question that we answer.", hint=hint)
