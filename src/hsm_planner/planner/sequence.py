"""The order of a plan: which step needs which before it, and in what order they are told."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from hsm_planner.planner.meaning import Reading
from hsm_planner.planner.model import Amount, Begun, Choice, Done, conditions

After = Mapping[str, frozenset[str]]


def after(reading: Reading) -> After:
    """By activity of a schedule: those that it needs, or that earn what it needs, and that lie before it."""
    return {choice.activity: _before(reading, choice) for choice in reading.schedule.choices}


def _before(reading: Reading, choice: Choice) -> frozenset[str]:
    found: set[str] = set()
    for condition in conditions(reading.activity(choice).needs):
        match condition:
            case Done(name) if name in reading.chosen and reading.end(reading.chosen[name]) <= choice.start:
                found.add(name)
            case Begun(name) if name in reading.chosen and reading.chosen[name].start <= choice.start:
                found.add(name)
            case Amount(rates=rates, after=gate):
                earners = (name for name, _ in rates if name in reading.chosen)
                found |= {name for name in earners if reading.chosen[name].start < choice.start}
                found |= {gate} if gate in reading.chosen else set()
    return frozenset(found - {choice.activity})


def ordered(reading: Reading, first: Collection[str] = ()) -> list[Choice]:
    """The choices of a schedule: some ``first``, then by start; of one day each after what it needs."""
    needs, told = after(reading), list[Choice]()
    waiting = sorted(reading.schedule.choices, key=lambda one: (one.activity not in first, one.start, one.activity))
    while waiting:
        names = {one.activity for one in waiting}
        same = (one for one in waiting if one.start == waiting[0].start)
        told.append(next((one for one in same if not needs[one.activity] & names), waiting[0]))
        waiting.remove(told[-1])
    return told
