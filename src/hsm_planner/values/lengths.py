"""How long something lasted: runs of days, whole months by anniversary, and a part.

The rule of the length: adjacent and overlapping intervals are one run; a run is whole months by the anniversary of
its first day, plus the days left over as a part of the month they lie in; runs add up; no tolerance.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache

from hsm_planner.values.dates import Date, add_months
from hsm_planner.values.record import record


@record
class Interval:
    """Days from ``start`` up to, not including, ``stop``."""

    start: Date
    stop: Date

    def clip(self, start: Date | None, stop: Date | None) -> Interval | None:
        """The part inside the bounds, or None when nothing is left."""
        first = self.start if start is None else max(self.start, start)
        last = self.stop if stop is None else min(self.stop, stop)
        return Interval(first, last) if first < last else None


@record
class Length:
    """A calendar length as rules write it; exactly one unit is used."""

    months: int = 0
    days: int = 0

    def before(self, day: Date) -> Date:
        """The day this length before ``day``: a window from it is closed on both ends."""
        shifted = add_months(day, -self.months)
        return Date.fromordinal(shifted.toordinal() - self.days)

    def after(self, day: Date) -> Date:
        """The day this length after ``day``."""
        shifted = add_months(day, self.months)
        return Date.fromordinal(shifted.toordinal() + self.days)


@lru_cache(maxsize=1 << 14)  # the same spans are measured again and again
def months_between(start: Date, stop: Date) -> Fraction:
    """Months from ``start`` (included) to ``stop`` (not included), exactly.

    >>> months_between(Date(2020, 1, 1), Date(2023, 1, 1))
    Fraction(36, 1)
    >>> months_between(Date(2021, 11, 23), Date(2026, 11, 22)) < 60
    True
    """
    whole = (stop.year - start.year) * 12 + stop.month - start.month
    while add_months(start, whole) > stop:
        whole -= 1
    last = add_months(start, whole)
    following = add_months(start, whole + 1)
    return whole + Fraction((stop - last).days, (following - last).days)


def merge(intervals: Iterable[Interval]) -> list[Interval]:
    """Runs: overlapping and adjacent intervals joined, in order."""
    runs: list[Interval] = []
    for interval in sorted(intervals, key=lambda one: (one.start, one.stop)):
        if runs and interval.start <= runs[-1].stop:
            if interval.stop > runs[-1].stop:
                runs[-1] = Interval(runs[-1].start, interval.stop)
        else:
            runs.append(interval)
    return runs


def months_of(intervals: Iterable[Interval]) -> Fraction:
    """Months in all of these intervals, days that lie in several counted once."""
    return sum((months_between(run.start, run.stop) for run in merge(intervals)), Fraction(0))


@record
class Stretch:
    """Days on which the same items run; ``months`` is its share of the run it lies in."""

    interval: Interval
    items: tuple[int, ...]
    months: Fraction

    @property
    def days(self) -> int:
        return (self.interval.stop - self.interval.start).days


def stretches(items: Iterable[tuple[int, Interval]]) -> tuple[Stretch, ...]:
    """Cut numbered intervals into stretches on which the set of items does not change.

    A stretch [a, b) of a run that begins on s has m(b) - m(a) months, m being the measure of months from s: the
    stretches of a run add up to the run, however it is cut.
    """
    return _cut(tuple(items))


@lru_cache(maxsize=1 << 12)  # what is looked at for one rule is looked at for others
def _cut(items: tuple[tuple[int, Interval], ...]) -> tuple[Stretch, ...]:
    result: list[Stretch] = []
    for run in merge(interval for _, interval in items):
        inside = [(number, interval) for number, interval in items if run.start <= interval.start < run.stop]
        edges = sorted({day for _, interval in inside for day in (interval.start, interval.stop)})
        measured = [months_between(run.start, day) for day in edges]
        for index in range(len(edges) - 1):
            active = tuple(
                number
                for number, interval in inside
                if interval.start <= edges[index] and edges[index + 1] <= interval.stop
            )
            result.append(
                Stretch(Interval(edges[index], edges[index + 1]), active, measured[index + 1] - measured[index])
            )
    return tuple(result)
