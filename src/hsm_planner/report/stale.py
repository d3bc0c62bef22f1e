"""What to read again first, as text."""

from __future__ import annotations

from collections.abc import Iterator

from hsm_planner.engine.stale import Stale
from hsm_planner.report.lines import Line, overlay_lines
from hsm_planner.requirements.base import count

_MOST_NAMED = 6


def stale_lines(result: Stale, most: int) -> Iterator[Line]:
    """The first ``most`` sources and entries."""
    yield Line(f"What to read again first    as of {result.as_of}", tone="title")
    yield from overlay_lines(result.overlays)
    yield Line(
        f"{result.stale:,} of {result.facts:,} facts rest on sources that are undated or older than "
        f"{count(result.years, 'years')}, and on nothing newer."
    )
    yield Line()
    yield Line(f"Sources that carry most ({min(most, len(result.sources))} of {len(result.sources)})", tone="title")
    for number, row in enumerate(result.sources[:most], 1):
        marks = [f"as of {row.as_of}" if row.as_of else "undated", f"read {row.read_on}"]
        marks += ["third party"] if row.third_party else []
        yield Line(
            f"{count(len(row.facts), 'facts')}: {row.publisher}: {row.title} ({', '.join(marks)})", 2, f"{number}  "
        )
        yield Line(f"{row.id} {row.url or ''}".rstrip(), 6, tone="quiet")
        yield Line(f"in {_named(row.entries)}", 6, tone="quiet")
    yield Line()
    yield Line(f"Of low confidence ({min(most, len(result.unsure))} of {len(result.unsure)})", tone="title")
    for entry in result.unsure[:most]:
        what = "the entry as a whole" if entry.whole else _named(entry.facts)
        yield Line(f"{entry.id}  {entry.title}: {what}", 2, "- ")


def _named(names: tuple[str, ...]) -> str:
    rest = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")
