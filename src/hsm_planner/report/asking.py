"""Answers to the questions people ask most, as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hsm_planner.knowledge.asked import AskedQuestion
from hsm_planner.planner.asking import Answered
from hsm_planner.report.lines import Line, overlay_lines
from hsm_planner.report.sources import Numbers, source_lines

_MARKS = {"plain": "- ", "lead": "- ", "unknown": "?  "}


def answer_lines(result: Answered) -> Iterator[Line]:
    """The whole answer."""
    numbers = Numbers(result.sources, result.as_of)
    about = f"  [{', '.join(result.targets)}]" if result.targets else ""
    yield Line(f"{result.question}{about}    as of {result.as_of}", tone="title")
    yield from overlay_lines(result.overlays)
    if result.unread:
        yield Line(f"Not understood, and not used: {', '.join(result.unread)}.", tone="open")
    if result.beside:
        yield Line(f"Also in your words, answered apart: {', '.join(result.beside)} (hsm-plan ask ID).", tone="open")
    for part in result.parts:
        yield Line()
        if part.heading:
            yield Line(part.heading, tone="title")
        for one in part.told:
            text = f"{one.text} {numbers.cite(one.sources)}".strip()
            indent = 2 + 2 * one.depth
            yield Line(text, indent, _MARKS[one.tone], "open" if one.tone == "unknown" else "plain")
            if one.note:
                yield Line(one.note, indent + 2, tone="quiet")
    yield from source_lines(numbers, result.sources)
    yield Line()
    yield Line("Looked up in the data; no advice. More: hsm-plan show, hsm-plan assess, hsm-plan plan.", tone="quiet")


def question_lines(questions: Iterable[AskedQuestion]) -> Iterator[Line]:
    """The questions that can be asked."""
    rows = list(questions)
    yield Line("Questions that can be asked (by these words, by others, or by id)", tone="title")
    yield from (Line(f"{one.id}  {one.text}", 2) for one in rows if not one.needs_target)
    yield Line()
    yield Line("Of any post, certification or licence: name it, or add --target or a profile", tone="title")
    yield from (Line(f"{one.id}  {one.text}", 2) for one in rows if one.needs_target)
    yield Line()
    yield Line("hsm-plan ask no-bsn --profile me.yaml", tone="quiet")
    yield Line('hsm-plan ask "can I take the CMPE without a degree"', tone="quiet")
