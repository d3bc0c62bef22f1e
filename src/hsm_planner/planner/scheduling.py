"""One complete route on the grid: fixed activities and modes, everything asked a plain demand, for a fixed finish.

What never loses by lying later is placed by ``placing``. What cuts both ways (posts, what earns, what opens or closes a
window) is *critical*: its start is tried month by month.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from hsm_planner.planner.bounds import NEVER, Bounds
from hsm_planner.planner.meaning import Reading
from hsm_planner.planner.model import (
    Amount,
    Begun,
    Choice,
    Done,
    During,
    Mode,
    Problem,
    Schedule,
)
from hsm_planner.planner.placing import Link, Nodes, Piece, Placer
from hsm_planner.values.record import record

Atom = Done | Begun | During | Amount


@record
class Demand:
    """What must hold at the start of ``owner``, or at the finish where it is ""."""

    owner: str
    condition: Atom


class Scheduler:
    """Schedules one route for one finish after another."""

    def __init__(self, problem: Problem, modes: Mapping[str, Mode], demands: Sequence[Demand], nodes: Nodes) -> None:
        self.problem = problem
        self.modes = modes
        self.demands = demands
        self.nodes = nodes
        self.activities = {activity.id: activity for activity in problem.activities if activity.id in modes}
        self.critical = self._critical()

    def _critical(self) -> list[str]:
        """The activities whose start is tried month by month, the posts first."""
        found = {name for name, activity in self.activities.items() if activity.post or activity.occupies}
        for demand in self.demands:
            condition = demand.condition
            if isinstance(condition, Amount):
                found |= {name for name, _ in condition.rates if name in self.modes}
                found |= {condition.after} if condition.after is not None else set()
                falls = any(later < earlier for earlier, later in pairwise(condition.base))
                if demand.owner and (condition.within is not None or falls):
                    found.add(demand.owner)
            elif isinstance(condition, Done) and demand.owner and condition.within is not None:
                found.add(demand.owner)
        return sorted(found, key=lambda name: (not self.activities[name].post, name))

    # -- windows of starts -----------------------------------------------------------------------------------------

    def _earliest(self, fixed: Mapping[str, int]) -> dict[str, int] | None:
        """The earliest start of each activity, with some fixed; None when that cannot be."""
        months = {name: mode.months for name, mode in self.modes.items()}
        bounds = Bounds(self.problem, months)
        for name in months:
            bounds.raise_start(name, fixed.get(name, 0))
        for _ in range(len(months) + 1):
            moved = False
            for demand in self.demands:
                if demand.owner and bounds.raise_start(demand.owner, bounds.earliest(demand.condition)):
                    moved = True
            if not moved:
                break
        else:
            return None
        if any(bounds.starts[name] > start for name, start in fixed.items()):
            return None
        return bounds.starts

    def _latest(self, finish: int, fixed: Mapping[str, int]) -> dict[str, int] | None:
        """The latest start of each activity before a finish, with some fixed; None when that cannot be."""
        latest: dict[str, int] = {}
        for name, activity in self.activities.items():
            end = finish if activity.deadline is None else min(finish, activity.deadline)
            latest[name] = end if activity.post else end - self.modes[name].months
        for name, start in fixed.items():
            if start > latest[name]:
                return None
            latest[name] = start
        for _ in range(len(latest) + 1):
            moved = False
            for demand in self.demands:
                time = latest[demand.owner] if demand.owner else finish
                condition = demand.condition
                if isinstance(condition, During):
                    name, start = demand.owner, condition.last if condition.last is not None else NEVER
                    if not name:
                        if time < condition.first or time > start:
                            return None
                        continue
                elif isinstance(condition, Done):
                    name = condition.activity
                    start = time - condition.lag - self.modes[name].months
                elif isinstance(condition, Begun):
                    name, start = condition.activity, time
                else:
                    continue
                if start < latest[name]:
                    if name in fixed:
                        return None
                    latest[name] = start
                    moved = True
            if not moved:
                break
        return latest

    # -- the search ------------------------------------------------------------------------------------------------

    def schedule(self, finish: int) -> Schedule | None:
        """A schedule that reaches the goal at ``finish``, or None when the route has none."""
        return self._fix(finish, {}, self.critical)

    def _fix(self, finish: int, fixed: dict[str, int], critical: Sequence[str]) -> Schedule | None:
        """Try the starts of the critical activities one after another, then place the rest."""
        self.nodes.step()
        earliest, latest = self._earliest(fixed), self._latest(finish, fixed)
        if earliest is None or latest is None:
            return None
        if any(earliest[name] > latest[name] for name in self.modes):
            return None
        if not critical:
            return self._place(finish, fixed, earliest, latest)
        name, *rest = critical
        for start in self._starts(name, earliest[name], latest[name]):
            if self._posts_clash(name, start, fixed):
                continue
            found = self._fix(finish, {**fixed, name: start}, rest)
            if found is not None:
                return found
        return None

    def _starts(self, name: str, first: int, last: int) -> Iterator[int]:
        """The starts to try: posts from the earliest on, all else from the latest back."""
        activity = self.activities[name]
        months = range(first, last + 1)
        ordered = months if activity.post else reversed(months)
        return (month for month in ordered if activity.starts is None or month in activity.starts)

    def _posts_clash(self, name: str, start: int, fixed: Mapping[str, int]) -> bool:
        """Whether a post or what takes its place cannot stand beside those fixed already."""
        activity = self.activities[name]
        if not (activity.post or activity.occupies):
            return False
        for other, at in fixed.items():
            beside = self.activities[other]
            if activity.post and beside.post:
                first, begun, later = (other, at, start) if at <= start else (name, start, at)
                if later < begun + max(1, self.modes[first].months):
                    return True
            elif activity.occupies and beside.occupies:
                if start < at + self.modes[other].months and at < start + self.modes[name].months:
                    return True
            elif activity.occupies and beside.post:
                if start < at < start + self.modes[name].months:
                    return True
            elif activity.post and beside.occupies and at < start < at + self.modes[other].months:
                return True
        return False

    def _place(
        self, finish: int, fixed: Mapping[str, int], earliest: Mapping[str, int], latest: Mapping[str, int]
    ) -> Schedule | None:
        """The critical ones stand; all else as late as it fits."""
        free = [name for name in self.modes if name not in fixed]
        gathered = self._gathered(finish, fixed)
        if gathered is None:
            return None
        first = {name: max(earliest[name], gathered.get(name, 0), self._fresh(name, finish, fixed)) for name in free}
        links = [
            Link(demand.condition.activity, demand.owner, demand.condition.lag)
            for demand in self.demands
            if isinstance(demand.condition, Done) and demand.owner in first and demand.condition.activity in first
        ]
        pieces = [
            Piece(
                name,
                (self.modes[name],),
                first[name],
                latest[name] + self.modes[name].months,
                self.activities[name].starts,
            )
            for name in free
        ]
        placed = Placer(pieces, links, self.problem.capacity, {}, self.nodes).place(finish, self._used(finish, fixed))
        if placed is None:
            return None
        starts = {**fixed, **{name: at.start for name, at in placed.items()}}
        choices = tuple(Choice(name, self.modes[name].id, starts[name]) for name in sorted(starts))
        found = Schedule(choices, finish)
        return None if any(Reading(self.problem, found).problems()) else found

    def _gathered(self, finish: int, fixed: Mapping[str, int]) -> dict[str, int] | None:
        """When each free activity has the amounts that it needs: what earns stands, so it is exact; None: never."""
        choices = tuple(Choice(name, self.modes[name].id, start) for name, start in fixed.items())
        reading = Reading(self.problem, Schedule(choices, finish))
        first: dict[str, int] = {}
        for demand in self.demands:
            condition, owner = demand.condition, demand.owner
            if not isinstance(condition, Amount):
                continue
            if owner in fixed or not owner:
                if not reading.holds(condition, fixed.get(owner, finish)):
                    return None
                continue
            time = next((month for month in range(finish + 1) if reading.holds(condition, month)), None)
            if time is None:
                return None
            first[owner] = max(first.get(owner, 0), time)
        return first

    def _fresh(self, name: str, finish: int, fixed: Mapping[str, int]) -> int:
        """The earliest start that is not too old for the goal or for a fixed activity that needs it fresh."""
        first = 0
        for demand in self.demands:
            condition = demand.condition
            if isinstance(condition, Done) and condition.activity == name and condition.within is not None:
                time = fixed.get(demand.owner) if demand.owner else finish
                if time is not None:
                    first = max(first, time - condition.within - self.modes[name].months)
        return first

    def _used(self, finish: int, fixed: Mapping[str, int]) -> dict[str, list[int]]:
        """What the fixed activities take of each resource, month by month."""
        used = {name: [0] * finish for name in self.problem.capacity}
        for name, start in fixed.items():
            if self.activities[name].post:
                continue
            for resource, amount in self.modes[name].uses.items():
                for month in range(start, min(finish, start + self.modes[name].months)) if resource in used else ():
                    used[resource][month] += amount
        return used
