"""Numbers of which only a least and a most may be known, and amounts of money."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hsm_planner.values.record import record
from hsm_planner.values.truth import Status


@record
class Range:
    """A number from ``least`` to ``most``, exact when both are the same.

    ``open``: nobody knows how much at most; ``most`` is then only as far as dates go back.
    """

    least: Fraction
    most: Fraction
    open: bool = False

    @classmethod
    def exact(cls, value: Fraction | int) -> Range:
        return cls(Fraction(value), Fraction(value))

    def __add__(self, other: Range) -> Range:
        return Range(self.least + other.least, self.most + other.most, self.open or other.open)

    @property
    def is_exact(self) -> bool:
        return self.least == self.most


def compare(have: Range, need: Range) -> Status:
    """Whether ``have`` reaches ``need``: both on one side decide, else unknown."""
    if have.least >= need.most:
        return Status.MET
    if have.most < need.least:
        return Status.PARTLY if have.most > 0 else Status.UNMET
    return Status.UNKNOWN


def shortfall(have: Range, need: Range) -> Range:
    """What is missing, never below zero."""
    zero = Fraction(0)
    return Range(max(zero, need.least - have.most), max(zero, need.most - have.least))


@record
class Money:
    """US dollars from ``low`` to ``high``; prices that are not known stay visible as a count."""

    low: Fraction = Fraction(0)
    high: Fraction = Fraction(0)
    unknown_prices: int = 0

    def __add__(self, other: Money) -> Money:
        return Money(self.low + other.low, self.high + other.high, self.unknown_prices + other.unknown_prices)

    @classmethod
    def any_of(cls, prices: Sequence[Money]) -> Money | None:
        """One of several prices will be paid: from the lowest to the highest; None when there is none."""
        if not prices:
            return None
        return cls(min(price.low for price in prices), max(price.high for price in prices))
