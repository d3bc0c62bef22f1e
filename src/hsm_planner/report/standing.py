"""How far the sources of an entry go, in words."""

from __future__ import annotations

from collections.abc import Iterator

from hsm_planner.engine.result import Standing
from hsm_planner.report.lines import Line
from hsm_planner.requirements.base import Confidence


def sure_words(confidence: Confidence, place: str | None, place_confidence: Confidence | None) -> str:
    """``medium``; of a rule that states add to, what all have in common apart from what the state adds."""
    if place is None:
        return confidence
    own = f"{place_confidence} of what {place} adds" if place_confidence else f"not recorded of what {place} adds"
    return f"{confidence} of what all states ask, {own}"


def standing_lines(standing: Standing) -> Iterator[Line]:
    """Where sources differ, and what was not found."""
    for title, texts in (("Where sources differ", standing.conflicts), ("Not found", standing.gaps)):
        if texts:
            yield Line()
            yield Line(title, tone="title")
            yield from (Line(text, 2, "- ") for text in texts)
