"""Lines onto a terminal, or plain and full width into a pipe or file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from hsm_planner.report.lines import Line, Tone, wrap

_STYLES: dict[Tone, str] = {
    "title": "bold",
    "good": "green",
    "open": "yellow",
    "todo": "cyan",
    "quiet": "dim",
    "plain": "",
}


def plain_text(lines: Iterable[Line], width: int | None = None) -> str:
    """The lines without any style."""
    return "\n".join(row for row, _ in wrap(lines, width)) + "\n"


def write(lines: Iterable[Line], stream: TextIO, *, colour: bool | None = None) -> None:
    """Print lines: styled and wrapped on a terminal, plain and at full width elsewhere.

    ``colour`` None leaves styles to the stream; True forces them, False forbids them.
    """
    if not stream.isatty() and colour is not True:
        stream.write(plain_text(lines))
        return
    from rich.console import Console
    from rich.text import Text

    terminal = stream.isatty()
    console = Console(
        file=stream, markup=False, highlight=False, emoji=False, force_terminal=True, no_color=colour is False
    )
    for row, tone in wrap(lines, console.width if terminal else None):
        console.print(Text(row, style=_STYLES[tone]), soft_wrap=True)
