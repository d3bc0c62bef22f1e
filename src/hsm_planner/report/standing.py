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


def standing_lines(standing: Standing, *, own: bool) -> Iterator[Line]:
    """Where sources differ, and what was not found: of the entry where its ``own`` is told, and of what is beneath."""
    told = [("", standing)] if own else []
    told += [(f"{title}: ", below) for title, below in standing.beneath.items()]
    for title, name in (("Where sources differ", "conflicts"), ("Not found", "gaps")):
        texts = [f"{lead}{text}" for lead, one in told for text in getattr(one, name)]
        if texts:
            yield Line()
            yield Line(title, tone="title")
            yield from (Line(text, 2, "- ") for text in texts)
