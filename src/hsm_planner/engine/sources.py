"""The documents that a result cites."""

from __future__ import annotations

from collections.abc import Iterable

from hsm_planner.engine.result import CitedSource
from hsm_planner.knowledge.store import Knowledge


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
