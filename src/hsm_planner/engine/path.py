"""The path through the alternatives: the branch nearest to met."""

from __future__ import annotations

import math
from fractions import Fraction

from hsm_planner.engine.closing import Closer
from hsm_planner.engine.items import Item
from hsm_planner.engine.result import MonthsLeft
from hsm_planner.requirements.plain import UnreadLeaf
from hsm_planner.requirements.rules import AllOf, AmountNotFoundLeaf, AtLeast
from hsm_planner.values.amounts import Money
from hsm_planner.values.record import record
from hsm_planner.values.truth import Status


@record
class Distance:
    """How far a branch is from met. ``unknown``: a length in it is not known, or was not read."""

    met: bool
    unknown: bool
    low: Fraction
    high: Fraction | None
    cost: Money

    def key(self) -> tuple[bool, bool, Fraction, Fraction]:
        """Met first, then least months (unknown last), then least known cost."""
        return (not self.met, self.unknown, self.low, self.cost.low)


_NOTHING = Distance(met=True, unknown=False, low=Fraction(0), high=Fraction(0), cost=Money())


def distance(item: Item, closer: Closer) -> Distance:
    """How far an item is from met."""
    if item.status in (Status.MET, Status.NOT_APPLICABLE):
        return _NOTHING
    if not item.is_leaf:
        return _together(item, [distance(child, closer) for child in chosen(item, closer)])
    if item.status is Status.UNKNOWN:
        closed_to_the_person = isinstance(item.node, UnreadLeaf | AmountNotFoundLeaf)
        high = None if closed_to_the_person else Fraction(0)
        return Distance(False, closed_to_the_person, Fraction(0), high, Money())
    if item.beneath is not None:
        below = distance(item.beneath, closer)
        return Distance(False, below.unknown, below.low, below.high, below.cost)
    timed = [way for way in closer.closing(item).ways if way.months_low is not None]
    if not timed:
        return Distance(False, True, Fraction(0), None, Money(unknown_prices=1))
    best = min(timed, key=lambda way: way.months_low or Fraction(0))
    return Distance(
        False, False, best.months_low or Fraction(0), best.months_high, best.cost or Money(unknown_prices=1)
    )


def months_left(item: Item, closer: Closer) -> MonthsLeft:
    """The distance in months, rounded up to two decimals."""
    far = distance(item, closer)
    unknown = far.unknown or item.status is Status.UNKNOWN
    high = None if unknown or far.high is None else _up(far.high)
    return MonthsLeft.model_construct(low=_up(far.low), high=high, unknown=unknown)


def _up(value: Fraction) -> float:
    return math.ceil(value * 100) / 100


def _together(item: Item, parts: list[Distance]) -> Distance:
    open_parts = [part for part in parts if not part.met]
    return Distance(
        met=item.status is Status.MET,
        unknown=any(part.unknown for part in parts),
        low=max((part.low for part in parts), default=Fraction(0)),
        # Several lengths may run beside or after each other: only the least is known then.
        high=open_parts[0].high if len(open_parts) == 1 else None,
        cost=sum((part.cost for part in parts), Money()),
    )


def chosen(item: Item, closer: Closer) -> list[Item]:
    """The children that the path takes: all of them, or the nearest one or few."""
    applicable = [child for child in item.children if child.status is not Status.NOT_APPLICABLE]
    if isinstance(item.node, AllOf):
        return applicable
    needed = item.node.n if isinstance(item.node, AtLeast) else 1
    ranked = sorted(applicable, key=lambda child: _rank(child, closer))
    taken = ranked[:needed]
    return [child for child in applicable if child in taken]


def _rank(item: Item, closer: Closer) -> tuple[bool, bool, bool, Fraction, Fraction]:
    """Nearest first; a way that few have only when it is met, or when there is no other."""
    not_met, unknown, low, usd = distance(item, closer).key()
    return (not_met, item.node.unusual, unknown, low, usd)


def mark(item: Item, closer: Closer) -> None:
    """Mark an item and what the path takes below it."""
    item.on_path = True
    for child in chosen(item, closer) if not item.is_leaf else ():
        mark(child, closer)
    if item.beneath is not None:
        mark(item.beneath, closer)
