"""Dates as people know them: a day, a month or a year."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from hsm_planner.values.record import record

Date = dt.date
DAY = dt.timedelta(days=1)
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_EVERY_MONTH = 28  # days that every month has
LONG_AGO = Date(1900, 1, 1)  # years of profiles begin here

_PATTERN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@record
class DateRange:
    """All that is known of a day: it lies from ``earliest`` to ``latest``, both included."""

    earliest: Date
    latest: Date

    @property
    def exact(self) -> bool:
        return self.earliest == self.latest


@record
class PartialDate:
    """A date of which the month or the day may be unknown.

    >>> PartialDate.parse("2019-09").as_start()
    DateRange(earliest=datetime.date(2019, 9, 1), latest=datetime.date(2019, 9, 1))
    """

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: object) -> PartialDate:
        """Read ``2019``, ``2019-09`` or ``2019-09-15``.

        Raises:
            ValueError: for anything else, in words for the person who wrote it.
        """
        if isinstance(text, PartialDate):
            return text
        match = _PATTERN.fullmatch(str(text)) if isinstance(text, str | int) and not isinstance(text, bool) else None
        if match is None:
            msg = f"{text!r} is not a date. Write 2019, 2019-09 or 2019-09-15."
            raise ValueError(msg)
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        if not 1900 <= year <= 2200:
            msg = f"{text!r} is not a date: years are 1900 to 2200."
            raise ValueError(msg)
        if month is not None and not 1 <= month <= 12:
            msg = f"{text!r} is not a date: months are 01 to 12."
            raise ValueError(msg)
        if day is not None and month is not None and not 1 <= day <= calendar.monthrange(year, month)[1]:
            msg = f"{text!r} is not a date: that month has {calendar.monthrange(year, month)[1]} days."
            raise ValueError(msg)
        return cls(year, month, day)

    def as_event(self) -> DateRange:
        """The days on which something so dated may have happened."""
        first_month, last_month = self.month or 1, self.month or 12
        first = Date(self.year, first_month, self.day or 1)
        last = Date(self.year, last_month, self.day or calendar.monthrange(self.year, last_month)[1])
        return DateRange(first, last)

    def as_start(self) -> DateRange:
        """A month stands for its first day (assumed); a year alone is a range."""
        event = self.as_event()
        return event if self.month is None else DateRange(event.earliest, event.earliest)

    def as_end(self) -> DateRange:
        """A month stands for its last day (assumed); a year alone is a range."""
        event = self.as_event()
        return event if self.month is None else DateRange(event.latest, event.latest)

    @property
    def assumed(self) -> bool:
        """Whether reading it as one day takes an assumption."""
        return self.day is None

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


def add_months(day: Date, months: int) -> Date:
    """The same day ``months`` later (or earlier); the month's last day where it has no such day.

    >>> add_months(Date(2024, 2, 29), 12)
    datetime.date(2025, 2, 28)
    """
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    if day.day <= _EVERY_MONTH:
        return Date(year, month + 1, day.day)
    return Date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def day_of_year(text: str) -> str:
    """A day of every year in words.

    >>> day_of_year("01-21")
    '21 January'
    """
    month, day = (int(part) for part in text.split("-"))
    return f"{day} {MONTHS[month - 1]}"
