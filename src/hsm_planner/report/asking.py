"""Answers to the questions people ask most, as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hsm_planner.knowledge.asked import AskedQuestion
from hsm_planner.planner.asking import Answered
from hsm_planner.report.lines import Line, overlay_lines
from hsm_planner.report.sources import Numbers, source_lines


def answer_lines(result: Answered) -> Iterator[Line]:
    """The whole answer."""
    numbers = Numbers(result.sources, result.as_of)
    yield Line(f"{result.question}    as of {result.as_of}", tone="title")
    yield from overlay_lines(result.overlays)
    for part in result.parts:
        yield Line()
        if part.heading:
            yield Line(part.heading, tone="title")
        for one in part.told:
            mark, tone = ("?  ", "open") if one.tone == "unknown" else ("- ", "plain")
            text = f"{one.text} {numbers.cite(one.sources)}".strip()
            yield Line(text, 2, mark, "open" if tone == "open" else "plain")
    yield from source_lines(numbers, result.sources)
    yield Line()
    yield Line("Looked up in the data; no advice. More: hsm-plan show, hsm-plan assess, hsm-plan plan.", tone="quiet")


def question_lines(questions: Iterable[AskedQuestion]) -> Iterator[Line]:
    """The questions that can be asked."""
    yield Line("Questions that can be asked (by these words, by others, or by id)", tone="title")
    yield from (Line(f"{one.id}  {one.text}", 2) for one in questions)
    yield Line()
    yield Line("hsm-plan ask no-bsn --profile me.yaml", tone="quiet")
