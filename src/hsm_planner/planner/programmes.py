"""A programme as an activity: in which modes it can be studied, what it costs, and the degree that it leaves."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from hsm_planner.knowledge.words import Bridge, Programme
from hsm_planner.planner.actions import WEEKS_A_MONTH, Action, Made, Numbers, Pace, study
from hsm_planner.planner.future import Effect
from hsm_planner.planner.model import Cost, Mode


def degree(programme: Programme, bridge: Bridge | None, numbers: Numbers, pace: Pace) -> Made | None:
    """A programme, from the start or over a bridge; None when neither its length nor its credits are known."""
    key = (programme.id, bridge.name if bridge else None, pace.hours)
    return numbers.once(key, lambda: _degree(programme, bridge, numbers, pace))


def _degree(programme: Programme, bridge: Bridge | None, numbers: Numbers, pace: Pace) -> Made | None:
    modes = _modes(programme, bridge, numbers, pace)
    if not modes:
        return None
    entry: dict[str, Any] = {"level": programme.level, "field": programme.field, "degree": programme.name}
    entry |= {"accredited_by": list(programme.accreditors)} if programme.accreditors else {}
    name = f"degree:{programme.id}" + (f":{_slug(bridge.name)}" if bridge else "")
    text = f"{bridge.name}: {programme.name}" if bridge else programme.name
    sources = (*programme.sources, *(bridge.sources if bridge else ()))
    bodies = " or ".join(one.upper() for one in programme.accreditors)
    note = f"In a programme accredited by {bodies}, where a rule asks that: ask before you enrol." if bodies else None
    note = " ".join(filter(None, (note, *_lengths(programme, bridge)))) or None
    effect = Effect("education", entry, (("awarded", "end"),))
    return Made(Action(name, "degree", programme.id, text, (effect,), sources, note), tuple(modes))


def _lengths(programme: Programme, bridge: Bridge | None) -> Iterator[str]:
    """The lengths that sources give, where they differ: the plan takes one end of them."""
    spans = bridge or programme
    for how, span in (("full time", spans.months_full_time), ("part time", spans.months_part_time)):
        if span is not None and span.low != span.high:
            yield f"By the sources {span.low:g} to {span.high:g} months {how}."


def _slug(text: str) -> str:
    return "-".join("".join(char if char.isalnum() else " " for char in text.lower()).split())


def _modes(programme: Programme, bridge: Bridge | None, numbers: Numbers, pace: Pace) -> list[Mode]:
    full = bridge.months_full_time if bridge else programme.months_full_time
    part = bridge.months_part_time if bridge else programme.months_part_time
    credits = bridge.remaining_credits if bridge else programme.credits
    work = numbers.end_of(credits) * numbers("hours-per-credit") if credits else None
    cost = Cost(unpriced=1) if bridge else tuition(programme)
    modes: list[Mode] = []
    for name, span, hours in (
        ("full-time", full, "full-time-study-hours"),
        ("part-time", part, "part-time-study-hours"),
    ):
        if span is not None:
            months = math.ceil(numbers.end_of(span))
            modes.append(study(work or months * WEEKS_A_MONTH * numbers(hours), months, name, cost))
    if work is not None:
        at_most = math.ceil(numbers.end_of(credits) / numbers("credits-per-month-most")) if credits else 0
        own = study(work, pace.months(work, at_most), "own-pace", cost)
        if not modes or own.months > max(mode.months for mode in modes):
            modes.append(own)  # slower than any that a source names: as the hours allow
    return modes


def tuition(programme: Programme) -> Cost:
    """The published price of a year for the longest full-time length; not known without both."""
    months, price = programme.months_full_time, programme.usd_per_year
    if months is None or price is None:
        return Cost(unpriced=1)
    years = Fraction(str(months.high)) / 12
    return Cost(math.ceil(Fraction(str(price.low)) * years), math.ceil(Fraction(str(price.high)) * years))
