"""What an import came to, as text."""

from __future__ import annotations

from collections.abc import Iterator

from hsm_planner.engine.imported import Imported
from hsm_planner.engine.result import ResolvedWord
from hsm_planner.report.lines import Line, overlay_lines


def imported_lines(result: Imported, written: str | None) -> Iterator[Line]:
    """The loss report."""
    yield Line(f"Read from {result.format}", tone="title")
    yield from overlay_lines(result.overlays)
    yield from (Line(text, 2, "- ", "good") for text in result.read)
    if result.guessed:
        yield Line()
        yield Line("Guessed: to be confirmed before it counts", tone="title")
        yield from (Line(_guess(word), 2, "- ", "open") for word in result.guessed)
    if result.not_known:
        yield Line()
        yield Line("Not understood: write `role:` or `level:` and `field:` beside it, if it matters", tone="title")
        yield from (Line(f"{word.given} ({word.pointer})", 2, "- ", "open") for word in result.not_known)
    if result.left_behind:
        yield Line()
        yield Line("Left behind", tone="title")
        yield from (Line(f"{one.what}: {one.why}", 2, "- ", "quiet") for one in result.left_behind)
    yield from (Line(text, mark="note     ") for text in result.notes)
    yield Line()
    yield Line(f"Written: {written}. Look it over." if written else "Add -o FILE.yaml to keep it.", tone="quiet")


def _guess(word: ResolvedWord) -> str:
    return f"{word.given} ({word.pointer}): {word.kind} {word.id}, {word.how}, {word.score:.0%} alike"
