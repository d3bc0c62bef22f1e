"""Days and months in words."""

from __future__ import annotations

import datetime as dt

_HALF_YEAR = 6


def months_between(start: dt.date, day: dt.date) -> int:
    """Whole calendar months from one day's month to another's."""
    return (day.year - start.year) * 12 + day.month - start.month


def day_text(text: str) -> str:
    """The month of an ISO date."""
    return dt.date.fromisoformat(text).strftime("%b %Y")


def when(finish: str, months: int) -> str:
    """The day; a quarter beyond half a year, as nobody knows it better."""
    day = dt.date.fromisoformat(finish)
    if months <= _HALF_YEAR:
        return f"{day.day} {day.strftime('%b %Y')}"
    return f"the {('first', 'second', 'third', 'last')[(day.month - 1) // 3]} quarter of {day.year}"
