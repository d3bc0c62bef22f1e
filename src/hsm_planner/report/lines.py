"""Lines of a report before they meet a terminal: text with an indent and a tone, wrapped to a width."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Literal

from hsm_planner.values.record import record

Tone = Literal["title", "good", "open", "todo", "quiet", "plain"]


@record
class Line:
    """One paragraph: ``mark`` stands before it, the text hangs behind."""

    text: str = ""
    indent: int = 0
    mark: str = ""
    tone: Tone = "plain"


def overlay_lines(names: tuple[str, ...]) -> Iterator[Line]:
    """What was laid over the data, right below the title."""
    if names:
        yield Line(f"With entries of your own laid over the data: {', '.join(names)}.", tone="open")


def printable(text: str) -> str:
    """Text that no terminal obeys: control and direction characters become spaces."""
    return "".join(char if char.isprintable() else " " for char in text)


def wrap(lines: Iterable[Line], width: int | None) -> Iterable[tuple[str, Tone]]:
    """Rows of at most ``width`` characters (None: no limit), each with its tone."""
    for line in lines:
        lead = " " * line.indent + line.mark
        text = printable(line.text)
        if width is None or not text:
            yield f"{lead}{text}".rstrip(), line.tone
            continue
        rows = textwrap.wrap(
            text,
            max(20, width),
            initial_indent=lead,
            subsequent_indent=" " * len(lead),
            break_on_hyphens=False,
            break_long_words=False,
        )
        for row in rows or [lead.rstrip()]:
            yield row.rstrip(), line.tone
