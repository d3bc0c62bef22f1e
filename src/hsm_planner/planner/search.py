"""Exact search: the best plan of a problem, with the proof that none is better, or how far the proof came.

Best first over partial *routes*: which branch of each alternative, which activities, in which modes. Each has a bound
on its finish and its cost that no completion beats. A complete route is scheduled exactly (``scheduling``).
docs/planner.md says why each step is sound.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import count
from typing import Literal

from hsm_planner.planner.bounds import NEVER, Bounds, of_problem
from hsm_planner.planner.chain import Chain
from hsm_planner.planner.late import late
from hsm_planner.planner.meaning import Key, key
from hsm_planner.planner.model import (
    All,
    Amount,
    Any,
    Begun,
    Condition,
    Cost,
    Done,
    During,
    Mode,
    Problem,
    Schedule,
)
from hsm_planner.planner.placing import Nodes, OutOfNodes
from hsm_planner.planner.rows import Demand
from hsm_planner.planner.scheduling import Scheduler
from hsm_planner.values.record import record

Objective = Literal["fastest", "cheapest"]
OBJECTIVES: tuple[Objective, ...] = ("fastest", "cheapest")
Status = Literal["done", "optimal", "feasible", "impossible", "unknown"]
MOST_NODES = 60_000
_MOST_DIVES = 8
_SMALL = 8  # activities
_HEAVY = 20  # to bound a route takes as long as so many nodes of placing


@record
class Solution:
    """``schedule`` None: none was found. ``bound``: no plan finishes (fastest) or costs (cheapest) less."""

    status: Status
    schedule: Schedule | None
    bound: tuple[int, ...] | None
    nodes: int


@record
class _Route:
    """A partial route. ``chosen``: activities and modes. ``open``: what is still to be resolved, with who asks it."""

    chosen: tuple[tuple[str, str], ...]
    demands: tuple[Demand, ...]
    open: tuple[tuple[str, Condition], ...]

    def has(self, name: str) -> bool:
        return any(chosen == name for chosen, _ in self.chosen)


def solve(problem: Problem, objective: Objective = "fastest", most_nodes: int = MOST_NODES) -> Solution:
    """The best schedule under the objective's total order: finish and cost, then fewest activities, ranks, ids."""
    return _Search(problem, objective, most_nodes).run()


class _Search:
    def __init__(self, problem: Problem, objective: Objective, most_nodes: int) -> None:
        self.problem = problem
        self.objective = objective
        self.nodes = Nodes(most_nodes)
        self.static = of_problem(problem)
        self.activities = {activity.id: activity for activity in problem.activities}
        self.modes = {(activity.id, mode.id): mode for activity in problem.activities for mode in activity.modes}
        self.best: Schedule | None = None
        self.best_key: Key | None = None
        self.serial = count()
        self.queue: list[tuple[tuple[int, ...], int, _Route]] = []
        self.seen: set[tuple[object, ...]] = set()
        self.known: dict[tuple[str, int], int] = {}  # by who asks and the condition's identity: its number
        self.numbers: dict[tuple[str, Condition], int] = {}  # keeps the conditions, so that identities last
        self.kept: list[Condition] = []

    def run(self) -> Solution:
        self._push(_Route((), (), (("", self.problem.goal),)))
        bound: tuple[int, ...] | None = None
        try:
            while self.queue:
                bound, _, route = heapq.heappop(self.queue)
                if self.best_key is not None and bound > self.best_key[0]:
                    break
                if route.open:
                    for grown in self._grow(route):
                        self._push(grown)
                else:
                    self._schedule(route, bound)
        except OutOfNodes:
            spent = self.nodes.count
            if self.best is None:
                self._dive()
            if self.best is None:
                return Solution("unknown", None, bound, spent)
            return Solution("feasible", self.best, bound, spent)
        if self.best is None:
            return Solution("impossible", None, None, self.nodes.count)
        assert self.best_key is not None
        status: Status = "optimal" if self.best.choices or self.best.finish else "done"
        return Solution(status, self.best, self.best_key[0], self.nodes.count)

    # -- routes ----------------------------------------------------------------------------------------------------

    def _push(self, route: _Route) -> None:
        route = self._simplified(route)
        demanded = tuple(self._number(demand.owner, demand.condition) for demand in route.demands)
        name = (route.chosen, demanded, tuple(self._number(*one) for one in route.open))
        if name in self.seen:
            return
        self.seen.add(name)
        self.nodes.step(_weight(route))
        bound = self._bound(route)
        if bound is not None and (self.best_key is None or bound <= self.best_key[0]):
            heapq.heappush(self.queue, (bound, next(self.serial), route))

    def _simplified(self, route: _Route) -> _Route:
        """All that needs no choice resolved: conjunctions, facts, what is chosen already."""
        demands, rest, waiting = list(route.demands), list(route.open), []
        while rest:
            owner, condition = rest.pop()
            if isinstance(condition, All):
                rest.extend((owner, child) for child in condition.of)
            elif isinstance(condition, During) or (
                isinstance(condition, Done | Begun) and route.has(condition.activity)
            ):
                if not self._always(condition):
                    demands.append(Demand(owner, condition))
            elif isinstance(condition, Any) and any(self._always(child) for child in condition.of):
                continue
            else:
                waiting.append((owner, condition))
        demanded = {self._number(demand.owner, demand.condition): demand for demand in demands}
        left = {self._number(*one): one for one in waiting}
        return _Route(
            route.chosen,
            tuple(demanded[number] for number in sorted(demanded)),
            tuple(left[number] for number in sorted(left)),
        )

    def _number(self, owner: str, condition: Condition) -> int:
        """The number of what somebody asks; the same for equal conditions."""
        found = self.known.get((owner, id(condition)))
        if found is None:
            found = self.numbers.setdefault((owner, condition), len(self.numbers))
            self.known[owner, id(condition)] = found
            self.kept.append(condition)
        return found

    def _always(self, condition: Condition) -> bool:
        """Whether it holds whenever it is asked."""
        if isinstance(condition, All):
            return all(map(self._always, condition.of))
        return _given(condition, self.problem.horizon)

    def _grow(self, route: _Route) -> Iterator[_Route]:
        """Every way to resolve one open condition."""
        index = min(range(len(route.open)), key=lambda place: self._width(route.open[place][1]))
        owner, condition = route.open[index]
        rest = (*route.open[:index], *route.open[index + 1 :])
        match condition:
            case Any(of):
                yield from (replace(route, open=(*rest, (owner, child))) for child in dict.fromkeys(of))
            case Done(name, _, _) | Begun(name):
                yield from self._with(replace(route, open=(*rest, (owner, condition))), name)
            case Amount():
                yield from self._gather(route, rest, owner, condition)
            case _:
                raise AssertionError(condition)

    @staticmethod
    def _width(condition: Condition) -> int:
        if isinstance(condition, Any):
            return len(condition.of)
        return 100 if isinstance(condition, Amount) else 1

    def _with(self, route: _Route, name: str) -> Iterator[_Route]:
        """The route with an activity more, in each of its modes."""
        activity = self.activities.get(name)
        for mode in activity.modes if activity else ():
            assert activity is not None
            yield replace(
                route,
                chosen=tuple(sorted((*route.chosen, (name, mode.id)))),
                open=(*route.open, (name, activity.needs)),
            )

    def _gather(
        self, route: _Route, rest: tuple[tuple[str, Condition], ...], owner: str, amount: Amount
    ) -> Iterator[_Route]:
        """An amount: with what is chosen, or with one more that earns; the gate chosen, or the past alone."""
        if amount.after is not None and not route.has(amount.after):
            yield from self._with(replace(route, open=(*rest, (owner, amount))), amount.after)
            past = replace(amount, rates=(), after=None)
            yield replace(route, demands=(*route.demands, Demand(owner, past)), open=rest)
            return
        yield replace(route, demands=(*route.demands, Demand(owner, amount)), open=rest)
        for name, _ in amount.rates:
            if name in self.activities and not route.has(name):
                yield from self._with(replace(route, open=(*rest, (owner, amount))), name)

    # -- when the nodes are used up -----------------------------------------------------------------------------------

    def _dive(self) -> None:
        """Some plan where none was found in time: the most promising routes first, each completed depth first."""
        most = self.nodes.most // _MOST_DIVES
        for start, _, first in sorted(self.queue)[:_MOST_DIVES]:
            self.nodes = Nodes(most)
            stack = [(start, first)]
            try:
                while stack:
                    bound, route = stack.pop()
                    self.nodes.step(_weight(route))
                    if not route.open:
                        found, spent = late(partial(self._scheduler, route), bound[self._place], self.problem.horizon)
                        if found is not None:
                            self.best, self.best_key = found, key(self.problem, found, self.objective)
                            return
                        self.nodes.step(spent)
                    grown = [self._simplified(one) for one in self._grow(route)] if route.open else []
                    known = [(least, -place) for place, one in enumerate(grown) if (least := self._bound(one))]
                    stack.extend((least, grown[-place]) for least, place in sorted(known, reverse=True))
            except OutOfNodes:
                continue

    # -- bounds ----------------------------------------------------------------------------------------------------

    def _bound(self, route: _Route) -> tuple[int, ...] | None:
        """What no completion of the route beats; None when it has none."""
        spent: dict[str, int] = {}
        modes = self._modes(route)
        for mode in modes.values():
            for name, amount in mode.spends.items():
                spent[name] = spent.get(name, 0) + amount
        if any(spent.get(name, 0) > limit for name, limit in self.problem.budget.items()):
            return None
        finish = self._finish(route, modes)
        if finish > self.problem.horizon:
            return None
        cost = sum((mode.cost for mode in modes.values()), Cost()).key
        last = (len(route.chosen), sum(self.activities[name].rank for name in modes))
        return (*((finish, *cost) if self.objective == "fastest" else (*cost, finish)), *last)

    def _modes(self, route: _Route) -> dict[str, Mode]:
        return {name: self.modes[name, mode] for name, mode in route.chosen}

    def _finish(self, route: _Route, modes: Mapping[str, Mode]) -> int:
        """The earliest finish by precedence, by amounts and by hours."""
        months = {name: mode.months for name, mode in modes.items()}
        if route.open:  # anything may still come in
            months = {**self.static.months, **months}
        starts = {name: self.static.starts[name] for name in months}
        bounds = Bounds(self.problem, months, starts, memory=self.static.memory)
        asked: list[tuple[str, Condition]] = [(demand.owner, demand.condition) for demand in route.demands]
        asked += route.open
        bounds.settle(asked)
        chain = Chain(self.problem, self.activities, modes, asked, complete=not route.open)
        bounds.settle(asked, {name for name in modes if bounds.raise_start(name, chain.start(name, bounds.starts))})
        finish = max((bounds.earliest(condition) for owner, condition in asked if not owner), default=0)
        finish = max(finish, chain.start("", bounds.starts))
        for name, mode in modes.items():
            end = bounds.starts[name] + (0 if self.activities[name].post else mode.months)
            deadline = self.activities[name].deadline
            if deadline is not None and end > deadline:
                return NEVER
            finish = max(finish, end)
        if finish >= NEVER or any(
            self._over(condition, bounds.starts.get(owner, finish))
            or (isinstance(condition, Amount) and chain.too_late(owner, condition, bounds.starts.get(owner, finish)))
            for owner, condition in asked
        ):
            return NEVER
        for name, limit in self.problem.capacity.items():
            work = sum(mode.uses.get(name, 0) * mode.months for mode in modes.values())
            if any(mode.uses.get(name, 0) > limit for mode in modes.values()):
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

    def _scheduler(self, route: _Route, finish: int, nodes: Nodes) -> Scheduler:
        """The scheduler of a complete route; what the past alone gives up to the finish is no demand."""
        demands = [demand for demand in route.demands if not _given(demand.condition, finish)]
        return Scheduler(self.problem, self._modes(route), demands, nodes, self.static.memory)

    def _schedule(self, route: _Route, bound: tuple[int, ...]) -> None:
        """Schedule a complete route for the finish of its bound; if there is none, it waits with the next finish."""
        place = self._place
        finish = bound[place]
        scheduler = self._scheduler(route, finish, self.nodes)
        found = scheduler.schedule(finish) if scheduler.least_finish <= finish else None
        if found is None:
            later = (*bound[:place], max(finish + 1, scheduler.least_finish), *bound[place + 1 :])
            if later[place] <= self.problem.horizon:
                heapq.heappush(self.queue, (later, next(self.serial), route))
            return
        found_key = key(self.problem, found, self.objective)
        if self.best_key is None or found_key < self.best_key:
            self.best, self.best_key = found, found_key


def _weight(route: _Route) -> int:
    """How many nodes of placing take as long as the bound of a route."""
    return _HEAVY * max(1, len(route.chosen) // _SMALL)


def _given(condition: Condition, finish: int) -> bool:
    """Whether a condition holds at all times up to the finish, whatever is done."""
    if isinstance(condition, During):
        return condition.first <= 0 and (condition.last is None or condition.last >= finish)
    return isinstance(condition, Amount) and all(condition.past(time) >= condition.need for time in range(finish + 1))
