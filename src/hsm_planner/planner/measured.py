"""Amounts of experience in whole numbers, so that months add up exactly."""

from __future__ import annotations

from fractions import Fraction

from hsm_planner.requirements.base import Outcome
from hsm_planner.values.truth import Status

# A month of the calendar has 28 to 31 days, and 35 hours a week are full time: parts of these are whole here.
SCALE = 28 * 29 * 30 * 31 * 35


def amounts(outcome: Outcome) -> list[str]:
    """The amounts of a leaf: "" is its own."""
    own = [""] if outcome.need is not None else []
    return own + [part.id for part in outcome.parts if part.outcome.need is not None]


def worth(outcome: Outcome, wanted: list[str]) -> tuple[bool, int]:
    """Which of two settings is the better one for a leaf."""
    return outcome.status is Status.MET, sum(have(outcome, part) for part in wanted)


def _find(outcome: Outcome, part: str) -> Outcome | None:
    if not part:
        return outcome
    return next((one.outcome for one in outcome.parts if one.id == part), None)


_MONTHS = {"years": Fraction(12), "months": Fraction(1), "weeks": Fraction(12, 52), "hours": Fraction(1)}


def have(outcome: Outcome, part: str, *, most: bool = False) -> int:
    """What is surely there, or at the most, in parts of months (or of hours), rounded down."""
    found = _find(outcome, part)
    if found is None or found.have is None or found.unit is None:
        return 0
    return int((found.have.most if most else found.have.least) * _MONTHS.get(found.unit, Fraction(1)) * SCALE)


def need(outcome: Outcome, part: str) -> int:
    """What is asked, in the same parts, rounded up."""
    found = _find(outcome, part)
    assert found is not None
    assert found.need is not None
    assert found.unit is not None
    exact = found.need.most * _MONTHS.get(found.unit, Fraction(1)) * SCALE
    return -int(-exact // 1)
