"""The documents that a result cites."""

from __future__ import annotations

from collections.abc import Iterable

from hsm_planner.engine.result import CitedSource
from hsm_planner.knowledge.store import Knowledge

OLD_YEARS = 2


def is_old(dated: str | None, as_of: str, years: int = OLD_YEARS) -> bool:
    """Whether a source has no date, or speaks of a time more than some years before a day.

    A source dated by its month or year is taken at the end of it: ISO dates compare as text.
    """
    if dated is None:
        return True
    limit = f"{int(as_of[:4]) - years}{as_of[4:]}"
    return dated < limit[: len(dated)]


def cited(knowledge: Knowledge, names: Iterable[str]) -> dict[str, CitedSource]:
    """Sources by id, in the order of first use."""
    result: dict[str, CitedSource] = {}
    for name in dict.fromkeys(names):
        source = knowledge.source(name)
        if source is not None:
            result[name] = CitedSource.model_construct(
                title=source.title,
                publisher=source.publisher,
                url=source.url,
                as_of=source.as_of,
                read_on=source.read_on.isoformat(),
                public_copy=source.public_copy,
                third_party=source.third_party,
            )
    return result
