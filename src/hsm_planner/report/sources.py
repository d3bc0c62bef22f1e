"""Numbers of sources in the order they are cited, and their list at the foot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from hsm_planner.engine.result import CitedSource
from hsm_planner.engine.sources import is_old
from hsm_planner.report.lines import Line


class Numbers:
    """Numbers sources as they are first cited."""

    def __init__(self, known: Mapping[str, CitedSource], as_of: str) -> None:
        self._known = known
        self._old = {name for name, source in known.items() if is_old(source.as_of, as_of)}
        self.given: dict[str, int] = {}

    def cite(self, names: Iterable[str]) -> str:
        """``[1][4!]`` for sources that are known; ``!`` marks those without a date, or of more than two years ago."""
        return "".join(map(self._cited, (name for name in names if name in self._known)))

    def _cited(self, name: str) -> str:
        number = self.given.setdefault(name, len(self.given) + 1)
        return f"[{number}!]" if name in self._old else f"[{number}]"

    @property
    def old(self) -> int:
        """How many of those cited are marked."""
        return len(self._old & set(self.given))


def source_lines(numbers: Numbers, sources: Mapping[str, CitedSource]) -> Iterator[Line]:
    """The sources cited, with the date that each speaks of and the day it was read; nothing where none is."""
    if not numbers.given:
        return
    yield Line()
    yield Line("Sources", tone="title")
    for name, index in numbers.given.items():
        source = sources[name]
        marks = [f"as of {source.as_of}" if source.as_of else "undated", f"read {source.read_on}"]
        marks += ["from a public copy"] if source.public_copy else []
        marks += ["third party"] if source.third_party else []
        place = f" {source.url}" if source.url else ""
        yield Line(f"{source.publisher}: {source.title} ({', '.join(marks)}){place}", 2, f"[{index}] ")
