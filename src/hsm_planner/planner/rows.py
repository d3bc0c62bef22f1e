"""What must stand in a row: activities of a route that cannot run side by side, by precedence or by hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hsm_planner.planner.model import Amount, Begun, Done, During, Mode, Problem
from hsm_planner.values.record import record

_MOST_IN_A_ROW = 14
Atom = Done | Begun | During | Amount


@record
class Demand:
    """What must hold at the start of ``owner``, or at the finish where it is ""."""

    owner: str
    condition: Atom


@record
class _Step:
    """An activity that must have ended, or begun, so many months before; of several, one of them."""

    of: tuple[str, ...]
    lag: int
    ended: bool


class Rows:
    """The activities of one complete route, their order and their hours."""

    def __init__(self, problem: Problem, modes: Mapping[str, Mode], demands: Sequence[Demand]) -> None:
        self.problem = problem
        self.modes = modes
        self.demands = demands
        self.activities = {activity.id: activity for activity in problem.activities if activity.id in modes}
        self._ways: dict[tuple[str, str], int] = {}
        self._asked: dict[str, list[_Step]] = {owner: [] for owner in ("", *modes)}
        for demand in demands:
            self._asked[demand.owner] += _step(demand.condition)
        self._moved_with = self._ancestors()
        for demand in demands:
            self._asked[demand.owner] += self._earner(demand)
        self._before = self._ancestors()

    def _earner(self, demand: Demand) -> list[_Step]:
        """An amount waits for one of those that can earn it, and then for the months that the best of them takes."""
        amount = demand.condition
        if not isinstance(amount, Amount) or amount.need <= max(amount.base):
            return []
        rates = {
            name: rate
            for name, rate in amount.rates
            if rate > 0
            if name == self.problem.current or (name in self.modes and demand.owner not in self._moved_with[name])
        }
        if not rates or self.problem.current in rates:
            return []
        posts = [rate for name, rate in rates.items() if self.activities[name].post]
        best = max(posts, default=0) + sum(rate for name, rate in rates.items() if not self.activities[name].post)
        return [_Step(tuple(rates), -(-(amount.need - max(amount.base)) // best), ended=False)]

    def _ancestors(self) -> dict[str, frozenset[str]]:
        """What must have ended before each activity starts (for "": before the finish)."""
        found: dict[str, frozenset[str]] = {}

        def ended(name: str) -> frozenset[str]:
            if name not in found:
                found[name] = frozenset()  # a route whose activities need themselves never comes here
                whole: set[str] = set()
                for step in self._asked[name]:
                    whole |= frozenset.intersection(*map(ended, step.of))
                    whole |= set(step.of) if step.ended else set()
                found[name] = frozenset(whole)
            return found[name]

        return {name: ended(name) for name in self._asked}

    def in_a_row(self, name: str) -> int:
        """The earliest start of an activity by what must come before it and cannot run side by side.

        Of activities that follow each other, or that together take more hours than there are, one is last; after it
        comes at least the shortest of their ways to this one.
        """
        names = [other for other in self._before[name] if not self.activities[other].post]
        names.sort(key=lambda other: (-self.modes[other].months, other))

        def longest(left: Sequence[str]) -> tuple[int, tuple[str, ...]]:
            if not left:
                return 0, ()
            first, *rest = left
            months, row = longest([other for other in rest if self._apart(first, other)])
            taken = (months + self.modes[first].months, (first, *row))
            return max(taken, longest(rest)) if len(rest) < _MOST_IN_A_ROW else taken

        months, row = longest(names)
        return months + min((self._way(other, name) for other in row), default=0)

    def _apart(self, one: str, other: str) -> bool:
        """Whether two activities cannot run at the same time."""
        if one in self._before[other] or other in self._before[one]:
            return True
        if self.activities[one].occupies and self.activities[other].occupies:
            return True
        return any(
            self.modes[one].uses.get(resource, 0) + self.modes[other].uses.get(resource, 0) > limit
            for resource, limit in self.problem.capacity.items()
            if self.modes[one].months and self.modes[other].months
        )

    def _way(self, first: str, last: str) -> int:
        """The least months from the end of one activity to the start of another that needs it."""
        if (first, last) in self._ways:
            return self._ways[first, last]
        self._ways[first, last] = most = 0  # in a circle nothing more is known
        for step in self._asked[last]:
            if first in step.of:
                most = max(most, step.lag) if step.ended else most
            elif all(first in self._before[name] for name in step.of):
                most = max(most, min(self._on(first, name, step) for name in step.of) + step.lag)
        self._ways[first, last] = most
        return most

    def _on(self, first: str, name: str, step: _Step) -> int:
        """The least months from the end of one activity to the end, or the start, of another."""
        return self._way(first, name) + (self.modes[name].months if step.ended else 0)


def _step(condition: Atom) -> list[_Step]:
    """The activity that a demand names."""
    if isinstance(condition, Done):
        return [_Step((condition.activity,), condition.lag, ended=True)]
    return [_Step((condition.activity,), 0, ended=False)] if isinstance(condition, Begun) else []
