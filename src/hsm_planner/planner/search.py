"""Exact search: the best plan of a problem, with the proof that none is better, or how far the proof came.

Best first over partial *routes*: which branch of each alternative, which activities, in which modes. Each has a bound
on its finish and its cost that no completion beats. A complete route is scheduled exactly (``scheduling``).
docs/planner.md says why each step is sound.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from itertools import chain, count, zip_longest
from typing import Literal

from hsm_planner.planner.bounds import NEVER, Bounds, of_problem
from hsm_planner.planner.chain import Chain
from hsm_planner.planner.growing import Grower, Route, given
from hsm_planner.planner.late import late
from hsm_planner.planner.meaning import Key, key, needed
from hsm_planner.planner.model import (
    Amount,
    Condition,
    Cost,
    During,
    Mode,
    Problem,
    Schedule,
)
from hsm_planner.planner.placing import Nodes, OutOfNodes
from hsm_planner.planner.reach import reduced
from hsm_planner.planner.scheduling import Scheduler
from hsm_planner.planner.simpler import is_event, plain, simpler
from hsm_planner.planner.tails import finish as finish_by
from hsm_planner.planner.tails import fresh, joined, loads, tails, waits
from hsm_planner.values.record import record

Objective = Literal["fastest", "cheapest"]
OBJECTIVES: tuple[Objective, ...] = ("fastest", "cheapest")
Status = Literal["done", "optimal", "feasible", "impossible", "unknown"]
MOST_NODES = 60_000
_MOST_DIVES = 8
_SMALL = 8  # activities
_HEAVY = 20  # to bound a route takes as long as so many nodes of placing
_LIGHT = 4  # to look how early it can be by precedence alone


@record
class Solution:
    """``schedule`` None: none was found. ``bound``: no plan finishes (fastest) or costs (cheapest) less."""

    status: Status
    schedule: Schedule | None
    bound: tuple[int, ...] | None
    nodes: int


def solve(
    problem: Problem,
    objective: Objective = "fastest",
    most_nodes: int = MOST_NODES,
    known: Schedule | None = None,
    enough: tuple[int, ...] = (),
) -> Solution:
    """The best schedule under the objective's total order: finish and cost, then fewest activities, ranks, ids.

    ``known``: some schedule of the problem, from which to go on. ``enough``: the first parts of a key that cannot be
    beaten, and with which the search is content.
    """
    search = _Search(reduced(problem), objective, most_nodes)
    if known is not None:  # it may hold what leads nowhere, so it is measured on the whole problem
        search.given = search.best = known
        search.best_key = key(problem, known, objective)
    search.enough = enough
    return search.run()


class _Search:
    def __init__(self, problem: Problem, objective: Objective, most_nodes: int) -> None:
        self.whole = problem
        self.problem = problem = simpler(problem)
        self.objective = objective
        self.enough: tuple[int, ...] = ()
        self.nodes = Nodes(most_nodes)
        self.static = of_problem(problem)
        self.activities = {activity.id: activity for activity in problem.activities}
        self.modes = {(activity.id, mode.id): mode for activity in problem.activities for mode in activity.modes}
        self.given: Schedule | None = None
        self.best: Schedule | None = None
        self.best_key: Key | None = None
        self.serial = count()
        self.queue: list[tuple[tuple[int, ...], int, Route, Bounds | None]] = []  # bounds: only looked at so far
        self.seen: set[tuple[object, ...]] = set()
        self.grower = Grower(problem)

    def run(self) -> Solution:
        bound: tuple[int, ...] | None = None
        route: Route | None = None
        try:
            for first in self.grower.first():
                self._push(first)
            while self.queue:
                bound, _, route, looked = heapq.heappop(self.queue)
                if self.best_key is not None and (bound > self.best_key[0] or self._content(self.best_key)):
                    break
                if looked is not None and (known := self._measured(route, looked)) != bound:
                    self._wait(known, route)
                elif route.open:
                    for grown in self.grower.grow(route):
                        self._push(grown)
                else:
                    self._schedule(route, bound)
        except OutOfNodes:
            spent = self.nodes.count
            if route is not None:
                self._wait(bound, route)  # it was not finished with
            if self.best is self.given:  # nothing of its own
                self._dive()
            if self.best is None:
                return Solution("unknown", None, bound, spent)
            best = self.best if self.best is self.given else needed(self.whole, self.best)
            return Solution("feasible", best, bound, spent)
        if self.best is None:
            return Solution("impossible", None, None, self.nodes.count)
        assert self.best_key is not None
        status: Status = "optimal" if self.best.choices or self.best.finish else "done"
        return Solution(status, self.best, self.best_key[0], self.nodes.count)

    def _content(self, best: Key) -> bool:
        return bool(self.enough) and best[0][: len(self.enough)] <= self.enough

    # -- routes ----------------------------------------------------------------------------------------------------

    def _push(self, route: Route) -> None:
        name = self.grower.name(route)
        if name in self.seen:
            return
        self.seen.add(name)
        self.nodes.step(_weight(route, _LIGHT))
        looked = self._look(route)
        self._wait(self._bound(route, self._early(route, looked)), route, looked)

    def _wait(self, bound: tuple[int, ...] | None, route: Route, looked: Bounds | None = None) -> None:
        """Put a route where its bound says, unless what is there is better."""
        if bound is not None and (self.best_key is None or bound <= self.best_key[0]):
            heapq.heappush(self.queue, (bound, next(self.serial), route, looked))

    def _measured(self, route: Route, looked: Bounds) -> tuple[int, ...] | None:
        """The whole bound of a route."""
        self.nodes.step(_weight(route, _HEAVY))
        return self._bound(route, self._finish(route, looked))

    # -- when the nodes are used up -----------------------------------------------------------------------------------

    def _dive(self) -> None:
        """Some plan where none was found in time: the most promising routes, and some far off, are each completed.

        Each is tried with a part of the nodes, all together with as many as the search had.
        """
        most, left = self.nodes.most // _MOST_DIVES, self.nodes.most
        waiting = sorted(self.queue)
        far = waiting[_MOST_DIVES :: max(1, len(waiting) // _MOST_DIVES)]
        for start, _, first, _ in filter(None, chain(*zip_longest(waiting[:_MOST_DIVES], far))):
            self.nodes = Nodes(min(most, left))
            with suppress(OutOfNodes):
                self._complete(start, first)
            left -= self.nodes.count
            if left <= 0:
                return

    def _complete(self, start: tuple[int, ...], first: Route) -> None:
        """A route completed depth first, and scheduled for some finish."""
        stack = [(start, first)]
        while stack:
            bound, route = stack.pop()
            if self.best_key is not None and bound >= self.best_key[0]:
                continue
            if not route.open:
                last = self.problem.horizon
                if self.best is not None and self.objective == "fastest":
                    last = min(last, self.best.finish)
                found, spent = late(partial(self._scheduler, route), bound[self._place], last)
                if found is not None:
                    self._keep(needed(self.whole, plain(found)))
                    self.nodes.count += spent
                    return
                self.nodes.step(spent)
            grown = list(self.grower.grow(route)) if route.open else []
            measured = ((self._measured(one, self._look(one)), -place) for place, one in enumerate(grown))
            known = [(least, place) for least, place in measured if least is not None]
            stack.extend((least, grown[-place]) for least, place in sorted(known, reverse=True))

    # -- bounds ----------------------------------------------------------------------------------------------------

    def _bound(self, route: Route, finish: int) -> tuple[int, ...] | None:
        """What no completion of the route beats that does not finish before; None when it has none."""
        modes = self._modes(route)
        if finish > self.problem.horizon or self._too_dear(modes, finish):
            return None
        cost = sum((mode.cost * self.activities[name].times(finish) for name, mode in modes.items()), Cost()).key
        chosen = sum(not is_event(name) for name in modes)
        last = (chosen, sum(self.activities[name].rank for name in modes))
        return (*((finish, *cost) if self.objective == "fastest" else (*cost, finish)), *last)

    def _too_dear(self, modes: Mapping[str, Mode], finish: int) -> bool:
        """Whether a finish so early spends more than there is."""
        return any(
            sum(mode.spends.get(money, 0) * self.activities[name].times(finish) for name, mode in modes.items()) > limit
            for money, limit in self.problem.budget.items()
        )

    def _modes(self, route: Route) -> dict[str, Mode]:
        return {name: self.modes[name, mode] for name, mode in route.chosen}

    @staticmethod
    def _asked(route: Route) -> list[tuple[str, Condition]]:
        """What must hold, with who asks it ("": the finish)."""
        return [*((demand.owner, demand.condition) for demand in route.demands), *route.open]

    def _look(self, route: Route) -> Bounds:
        """The earliest starts in a route by precedence and by each amount alone."""
        months = {name: mode.months for name, mode in self._modes(route).items()}
        if route.open:  # anything may still come in
            months = {**self.static.months, **months}
        starts = {name: self.static.starts[name] for name in months}
        bounds = Bounds(self.problem, months, starts, memory=self.static.memory)
        bounds.settle(self._asked(route))
        return bounds

    def _early(self, route: Route, bounds: Bounds) -> int:
        """The earliest finish by some earliest starts; NEVER: something is too late."""
        finish = max((bounds.earliest(condition) for owner, condition in self._asked(route) if not owner), default=0)
        for name, mode in self._modes(route).items():
            end = bounds.starts[name] + (0 if self.activities[name].post else mode.months)
            deadline = self.activities[name].deadline
            if deadline is not None and end > deadline:
                return NEVER
            finish = max(finish, end)
        return min(finish, NEVER)

    def _finish(self, route: Route, bounds: Bounds) -> int:
        """The earliest finish by precedence, by amounts and by hours; ``bounds``: as they were looked at."""
        modes, asked = self._modes(route), self._asked(route)
        taken = loads(modes, self.activities, self.problem.capacity)
        several = joined(modes, asked, bounds.starts, taken)
        bounds.settle(asked, {name for name, month in several if bounds.raise_start(name, month)})
        chain = Chain(self.problem, self.activities, modes, asked, complete=not route.open)
        bounds.settle(asked, {name for name in modes if bounds.raise_start(name, chain.start(name, bounds.starts))})
        recent = fresh(modes, asked, bounds.starts)
        bounds.settle(asked, {name for name, month in recent if bounds.raise_start(name, month)})
        finish = max(self._early(route, bounds), chain.start("", bounds.starts))
        if finish < NEVER:
            left = tails(modes, self.activities, waits(modes, asked, chain))
            finish = max(finish, finish_by(modes, bounds.starts, left, taken))
        if finish >= NEVER or any(
            self._over(condition, bounds.starts.get(owner, finish))
            or (isinstance(condition, Amount) and chain.too_late(owner, condition, bounds.starts.get(owner, finish)))
            for owner, condition in asked
        ):
            return NEVER
        for name, limit in self.problem.capacity.items():
            work = sum(mode.uses.get(name, 0) * mode.months for mode in modes.values())
            if any(mode.months and mode.uses.get(name, 0) > limit for mode in modes.values()):
                return NEVER
            if work:
                finish = max(finish, -(-work // limit))
        return finish

    @staticmethod
    def _over(condition: Condition, time: int) -> bool:
        """Whether a stretch of time is over before it is asked."""
        return isinstance(condition, During) and condition.last is not None and time > condition.last

    @property
    def _place(self) -> int:
        """Where the finish stands in a bound."""
        return 0 if self.objective == "fastest" else 3

    # -- complete routes -------------------------------------------------------------------------------------------

    def _scheduler(self, route: Route, finish: int, nodes: Nodes) -> Scheduler:
        """The scheduler of a complete route; what the past alone gives up to the finish is no demand."""
        demands = [demand for demand in route.demands if not given(demand.condition, finish)]
        return Scheduler(self.problem, self._modes(route), demands, nodes, self.static.memory)

    def _schedule(self, route: Route, bound: tuple[int, ...]) -> None:
        """Schedule a complete route for the finish of its bound; if there is none, it waits with the next finish."""
        place = self._place
        finish = bound[place]
        if self._too_dear(self._modes(route), finish):  # and so for every later one
            return
        scheduler = self._scheduler(route, finish, self.nodes)
        found = scheduler.schedule(finish) if scheduler.least_finish <= finish else None
        if found is None:
            later = (*bound[:place], max(finish + 1, scheduler.least_finish), *bound[place + 1 :])
            if later[place] <= self.problem.horizon:
                self._wait(later, route)
            return
        self._keep(found)

    def _keep(self, found: Schedule) -> None:
        """The better of a schedule and the best so far."""
        found = plain(found)
        found_key = key(self.whole, found, self.objective)
        if self.best_key is None or found_key < self.best_key:
            self.best, self.best_key = found, found_key


def _weight(route: Route, each: int) -> int:
    """How many nodes of placing take as long as a look at a route; ``each``: at so few activities of it."""
    return each * max(1, len(route.chosen) // _SMALL)
