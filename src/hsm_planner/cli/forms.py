"""In which form a result is written: by ``--json``, ``--format`` or the suffix of ``-o``, which must agree."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hsm_planner.cli import places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from hsm_planner.report.lines import Line

_FILE_WIDTH = 100


class Report(StrEnum):
    """Forms of a report."""

    TEXT = "text"
    JSON = "json"


class Table(StrEnum):
    """Forms of a list."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    JSONL = "jsonl"


AsJson = Annotated[bool, typer.Option("--json", help="The result as JSON.")]
ReportForm = Annotated[Report | None, typer.Option("--format", help="text or json.")]
TableForm = Annotated[Table | None, typer.Option("--format", help="text, json, csv or jsonl.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write to a file; its suffix tells the form.")]
_SUFFIX = {"text": ".txt"}


def form_of(kinds: type[StrEnum], *, json: bool, format_: StrEnum | None, output: Path | None) -> str:
    """The one form that is asked for; text where none is.

    Raises:
        typer.BadParameter: for an unknown suffix, or when two forms are asked for.
    """
    suffixes = {_SUFFIX.get(kind.value, f".{kind.value}"): kind.value for kind in kinds}
    wanted = {"json"} if json else set()
    if format_ is not None:
        wanted.add(format_.value)
    if output is not None:
        if output.suffix not in suffixes:
            raise typer.BadParameter(f"-o {output}: the suffix must be one of {', '.join(suffixes)}.")
        wanted.add(suffixes[output.suffix])
    if len(wanted) > 1:
        raise typer.BadParameter("--json, --format and the suffix of -o ask for different forms. Keep one.")
    return wanted.pop() if wanted else "text"


def write_result(
    form: str, output: Path | None, lines: Callable[[], Iterable[Line]], others: Mapping[str, Callable[[], str]]
) -> None:
    """Write a result to standard output, or whole to a file. ``others``: what makes each form but the text."""
    if form != "text":
        places.write_result(others[form](), output)
        return
    from hsm_planner.report.terminal import plain_text, write

    if output is not None:
        places.write_result(plain_text(lines(), _FILE_WIDTH), output)
    else:
        write(lines(), sys.stdout, colour=places.colour(sys.stdout))
