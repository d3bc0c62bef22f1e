"""One complete route on the grid: fixed activities and modes, everything asked a plain demand, for a fixed finish.

What never loses by lying later is placed by ``placing``. What cuts both ways (posts, what earns, what opens or closes a
window) is *critical*: its start is tried month by month.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hsm_planner.planner.bounds import NEVER, Bounds, Memory
from hsm_planner.planner.chain import Chain
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
from hsm_planner.planner.moving import held_up
from hsm_planner.planner.placing import Link, Nodes, Piece, Placer, in_circle
from hsm_planner.planner.rows import Demand, Rows
from hsm_planner.planner.tails import fresh, waits
from hsm_planner.values.record import replace

_SMALL = 8  # activities
_HEAVY = 50  # a node here takes as long as so many of placing


class Scheduler:
    """Schedules one route for one finish after another."""

    def __init__(
        self,
        problem: Problem,
        modes: Mapping[str, Mode],
        demands: Sequence[Demand],
        nodes: Nodes,
        memory: Memory | None = None,
    ) -> None:
        self.problem = problem
        self._memory = memory or Memory()
        self.modes = modes
        self.demands = demands
        self.nodes = nodes
        self.activities = {activity.id: activity for activity in problem.activities if activity.id in modes}
        critical = self._critical()
        self.posts = [name for name in critical if self.activities[name].post]
        self.critical = [name for name in critical if not self.activities[name].post]
        rows = Rows(problem, modes, demands)
        interrupted = any(activity.occupies for activity in self.activities.values())
        loses = interrupted or any(map(self._cuts_both_ways, demands))
        self._plain = {name for name in self.posts if not (loses or held_up(name, self.activities, modes, demands))}
        self._least = {name: rows.in_a_row(name) for name in modes}
        self._asked = [(demand.owner, demand.condition) for demand in demands]
        self._chain = Chain(problem, self.activities, modes, self._asked, complete=True)
        self.least_finish = rows.in_a_row("")
        self._waits = waits(modes, self._asked, self._chain)

    def _critical(self) -> list[str]:
        """The activities whose start is tried month by month."""
        found = {name for name, activity in self.activities.items() if activity.post or activity.occupies}
        for demand in self.demands:
            condition = demand.condition
            if isinstance(condition, Amount):
                found |= {name for name, _ in condition.rates if name in self.modes}
                found |= {condition.after} if condition.after is not None else set()
            elif (isinstance(condition, Done) and demand.owner and condition.within is not None) or (
                isinstance(condition, Begun) and demand.owner and not self.activities[condition.activity].post
            ):
                found.add(demand.owner)
        return sorted(found | self._in_circles(found))

    def _in_circles(self, fixed: set[str]) -> set[str]:
        """What waits for each other, and takes no time: it can only begin together."""
        found: set[str] = set()
        while True:
            links = [
                Link(demand.condition.activity, demand.owner)
                for demand in self.demands
                if isinstance(demand.condition, Done)
                if not {demand.condition.activity, demand.owner} & (fixed | found)
            ]
            circle = in_circle(links)
            if not circle:
                return found
            found |= circle

    def _cuts_both_ways(self, demand: Demand) -> bool:
        """Whether an amount can be lost by waiting."""
        condition = demand.condition
        return isinstance(condition, Amount) and (condition.within is not None or condition.after is not None)

    def _useful(self, post: str | None) -> int:
        """The months after which staying in a post adds nothing that is asked any more."""
        most = 0
        for demand in self.demands:
            if isinstance(demand.condition, Amount):
                rates = [rate for name, rate in demand.condition.rates if name == post and rate > 0]
                most = max([most, *(-(-demand.condition.need // rate) for rate in rates)])
        return most

    # -- windows of starts -----------------------------------------------------------------------------------------

    def _earliest(self, finish: int, fixed: Mapping[str, int]) -> dict[str, int] | None:
        """The earliest start of each activity, with some fixed; None when that cannot be."""
        months = {name: mode.months for name, mode in self.modes.items()}
        bounds = Bounds(self.problem, months, fixed=fixed, memory=self._memory)
        for name in months:
            bounds.raise_start(name, max(self._least[name], fixed.get(name, 0)))
        bounds.settle(self._asked)
        held = self._chain.held({name: start for name, start in fixed.items() if self.activities[name].post})
        raised = {
            name
            for name in self.modes
            if name not in fixed
            if bounds.raise_start(name, self._chain.start(name, bounds.starts, held))
        }
        raised |= {
            name for name, month in fresh(self.modes, self._asked, bounds.starts) if bounds.raise_start(name, month)
        }
        bounds.settle(self._asked, raised)
        if finish < self._chain.start("", bounds.starts, held):
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
        for demand in self.demands:
            if isinstance(demand.condition, During):
                last = demand.condition.last if demand.condition.last is not None else NEVER
                if not demand.owner and not demand.condition.first <= finish <= last:
                    return None
                if demand.owner and last < latest[demand.owner]:
                    latest[demand.owner] = last
        for _ in range(len(latest) + 1):
            moved = False
            for owner, name, months in self._waits:
                start = (latest[owner] if owner else finish) - months
                if start < latest[name]:
                    latest[name], moved = start, True
            if not moved:
                break
        return None if any(latest[name] < start for name, start in fixed.items()) else latest

    # -- the search ------------------------------------------------------------------------------------------------

    def schedule(self, finish: int) -> Schedule | None:
        """A schedule that reaches the goal at ``finish``, or None when the route has none."""
        if (self.posts or self.critical) and not self._room(finish):
            return None
        return self._fix(finish, {}, self.posts, self.critical)

    def _room(self, finish: int) -> bool:
        """Whether hours and precedence alone leave room for all: with no windows, and posts that take no time."""
        earliest, latest = self._earliest(finish, {}), self._latest(finish, {})
        if earliest is None or latest is None or any(earliest[name] > latest[name] for name in self.modes):
            return False
        pieces = []
        for name, activity in self.activities.items():
            mode = replace(self.modes[name], months=0) if activity.post else self.modes[name]
            pieces.append(Piece(name, (mode,), earliest[name], latest[name] + mode.months, activity.starts))
        links = [
            Link(demand.condition.activity, demand.owner, getattr(demand.condition, "lag", 0))
            for demand in self.demands
            if isinstance(demand.condition, Done)
            or (isinstance(demand.condition, Begun) and self.activities[demand.condition.activity].post)
            if demand.owner
        ]
        if in_circle(links):  # in no time at all, with a post: not for this to judge
            return True
        return Placer(pieces, links, self.problem.capacity, {}, self.nodes).place(finish) is not None

    def _fix(
        self, finish: int, fixed: dict[str, int], posts: Sequence[str], critical: Sequence[str]
    ) -> Schedule | None:
        """Try the starts of posts, one after another in time, then of what else is critical; then place the rest."""
        self.nodes.step(_HEAVY * max(1, len(self.modes) // _SMALL))
        earliest, latest = self._earliest(finish, fixed), self._latest(finish, fixed)
        if earliest is None or latest is None:
            return None
        if any(earliest[name] > latest[name] for name in self.modes):
            return None
        if posts:
            return self._next_post(finish, fixed, posts, earliest, latest)
        if not critical:
            return self._place(finish, fixed, earliest, latest)
        name, *rest = critical
        starts = self.activities[name].starts
        for start in range(latest[name], earliest[name] - 1, -1):
            if (starts is not None and start not in starts) or self._posts_clash(name, start, fixed):
                continue
            found = self._fix(finish, {**fixed, name: start}, (), rest)
            if found is not None:
                return found
        return None

    def _next_post(
        self,
        finish: int,
        fixed: dict[str, int],
        posts: Sequence[str],
        earliest: Mapping[str, int],
        latest: Mapping[str, int],
    ) -> Schedule | None:
        """Each post left as the next one, from its earliest start on.

        Where nothing is lost by moving on (it takes no hours, no window, nothing in the post's place), no start is
        tried beyond the months in which the post before still adds something that is asked.
        """
        before, begun = max(fixed.items(), key=lambda pair: pair[1], default=(None, 0))
        stay = max(1, self.modes[before].months) if before is not None else 0
        useful = begun + self._useful(before if before is not None else self.problem.current)
        for name in sorted(posts, key=lambda name: (earliest[name], name)):
            first = max(earliest[name], begun + stay)
            last = min(latest[name], max(first, useful)) if name in self._plain else latest[name]
            starts = self.activities[name].starts
            rest = [other for other in posts if other != name]
            for start in range(first, last + 1):
                if starts is not None and start not in starts:
                    continue
                found = self._fix(finish, {**fixed, name: start}, rest, self.critical)
                if found is not None:
                    return found
        return None

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
            elif (activity.post and beside.occupies) or (activity.occupies and beside.post):
                post, begun, taker, taken = (name, start, other, at) if activity.post else (other, at, name, start)
                if taken < begun + max(1, self.modes[post].months) and begun < taken + self.modes[taker].months:
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
        first = {name: max(earliest[name], self._fresh(name, finish, fixed)) for name in free}
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
                _both(self.activities[name].starts, gathered.get(name)),
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

    def _gathered(self, finish: int, fixed: Mapping[str, int]) -> dict[str, tuple[int, ...]] | None:
        """The months in which each free activity has the amounts that it needs: what earns stands; None: never."""
        choices = tuple(Choice(name, self.modes[name].id, start) for name, start in fixed.items())
        reading = Reading(self.problem, Schedule(choices, finish))
        months: dict[str, tuple[int, ...]] = {}
        for demand in self.demands:
            condition, owner = demand.condition, demand.owner
            if not isinstance(condition, Amount):
                continue
            if owner in fixed or not owner:
                if not reading.holds(condition, fixed.get(owner, finish)):
                    return None
                continue
            holds = tuple(month for month in range(finish + 1) if reading.holds(condition, month))
            months[owner] = _both(months.get(owner), holds) or ()
            if not months[owner]:
                return None
        return months

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


def _both(starts: tuple[int, ...] | None, months: tuple[int, ...] | None) -> tuple[int, ...] | None:
    """The months that are in both; None stands for all."""
    if starts is None or months is None:
        return months if starts is None else starts
    allowed = set(months)
    return tuple(start for start in starts if start in allowed)
