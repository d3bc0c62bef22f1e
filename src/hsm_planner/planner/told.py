"""What answers are made of: sentences with the sources that say so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from hsm_planner.engine.result import Result

MOST_NAMED = 12


class Told(Result):
    """A sentence with the sources that say so, ``depth`` below the one that it belongs to.

    ``tone`` ``unknown``: the data does not have it; ``lead``: it only leads in what stands below it.
    """

    text: str
    sources: tuple[str, ...]
    tone: Literal["plain", "unknown", "lead"] = "plain"
    depth: int = 0
    note: str | None = None


def say(text: str, sources: Iterable[str] = (), depth: int = 0, note: str | None = None) -> Told:
    """A sentence that its sources say, or that follows from them."""
    found = tuple(dict.fromkeys(sources))
    return Told.model_construct(text=text, sources=found, tone="plain", depth=depth, note=note)


def unknown(text: str, sources: Iterable[str] = (), depth: int = 0, note: str | None = None) -> Told:
    """What the data does not have."""
    found = tuple(dict.fromkeys(sources))
    return Told.model_construct(text=text, sources=found, tone="unknown", depth=depth, note=note)


def lead(text: str, depth: int = 0, note: str | None = None) -> Told:
    """What leads in the sentences below it."""
    return Told.model_construct(text=text, sources=(), tone="lead", depth=depth, note=note)


def names(titles: Iterable[str], most: int = MOST_NAMED) -> str:
    """Titles in words, each once, and how many more there are."""
    kept = list(dict.fromkeys(titles))
    more = f" and {len(kept) - most} more" if len(kept) > most else ""
    return ", ".join(kept[:most]) + more
