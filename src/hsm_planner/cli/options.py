"""Options that several commands read alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from hsm_planner.cli import places

if TYPE_CHECKING:
    import datetime as dt


def day_of(text: str | None, option: str = "--as-of") -> dt.date:
    """The day of an option; today where it is not given.

    Raises:
        typer.BadParameter: when it is no whole day.
    """
    if text is None:
        return places.today()
    from hsm_planner.values.dates import PartialDate

    try:
        day = PartialDate.parse(text)
    except ValueError:
        day = None
    if day is None or day.day is None:
        raise typer.BadParameter(f"{option} {text}: give a whole day, like 2026-11-23.")
    return day.as_event().earliest
