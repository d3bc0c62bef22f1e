"""Partial routes to the goal of a problem, and every way to take one a step further."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hsm_planner.planner.model import All, Amount, Any, Begun, Condition, Done, During, Problem
from hsm_planner.planner.rows import Demand
from hsm_planner.values.record import record


@record
class Route:
    """A partial route. ``chosen``: activities and modes. ``open``: what is still to be resolved, with who asks it."""

    chosen: tuple[tuple[str, str], ...]
    demands: tuple[Demand, ...]
    open: tuple[tuple[str, Condition], ...]

    def has(self, name: str) -> bool:
        return any(chosen == name for chosen, _ in self.chosen)


class Grower:
    """The ways to take a route further: all plans of the problem are below the first route."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._activities = {activity.id: activity for activity in problem.activities}
        self._known: dict[tuple[str, int], int] = {}  # by who asks and the condition's identity: its number
        self._numbers: dict[tuple[str, Condition], int] = {}  # keeps the conditions, so that identities last
        self._kept: list[Condition] = []

    def first(self) -> Route:
        """The route of which all others are a part."""
        return self._simplified(Route((), (), (("", self._problem.goal),)))

    def name(self, route: Route) -> tuple[object, ...]:
        """The same for equal routes."""
        demanded = tuple(self._number(demand.owner, demand.condition) for demand in route.demands)
        return (route.chosen, demanded, tuple(self._number(*one) for one in route.open))

    def _simplified(self, route: Route) -> Route:
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
        return Route(
            route.chosen,
            tuple(demanded[number] for number in sorted(demanded)),
            tuple(left[number] for number in sorted(left)),
        )

    def _number(self, owner: str, condition: Condition) -> int:
        """The number of what somebody asks; the same for equal conditions."""
        found = self._known.get((owner, id(condition)))
        if found is None:
            found = self._numbers.setdefault((owner, condition), len(self._numbers))
            self._known[owner, id(condition)] = found
            self._kept.append(condition)
        return found

    def _always(self, condition: Condition) -> bool:
        """Whether it holds whenever it is asked."""
        if isinstance(condition, All):
            return all(map(self._always, condition.of))
        return given(condition, self._problem.horizon)

    def grow(self, route: Route) -> Iterator[Route]:
        """Every way to resolve one open condition."""
        yield from map(self._simplified, self._resolved(route))

    def _resolved(self, route: Route) -> Iterator[Route]:
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

    def _with(self, route: Route, name: str) -> Iterator[Route]:
        """The route with an activity more, in each of its modes."""
        activity = self._activities.get(name)
        for mode in activity.modes if activity else ():
            assert activity is not None
            yield replace(
                route,
                chosen=tuple(sorted((*route.chosen, (name, mode.id)))),
                open=(*route.open, (name, activity.needs)),
            )

    def _gather(
        self, route: Route, rest: tuple[tuple[str, Condition], ...], owner: str, amount: Amount
    ) -> Iterator[Route]:
        """An amount: with what is chosen, or with one more that earns; the gate chosen, or the past alone."""
        if amount.after is not None and not route.has(amount.after):
            yield from self._with(replace(route, open=(*rest, (owner, amount))), amount.after)
            past = replace(amount, rates=(), after=None)
            yield replace(route, demands=(*route.demands, Demand(owner, past)), open=rest)
            return
        yield replace(route, demands=(*route.demands, Demand(owner, amount)), open=rest)
        for name, _ in amount.rates:
            if name in self._activities and not route.has(name):
                yield from self._with(replace(route, open=(*rest, (owner, amount))), name)


def given(condition: Condition, finish: int) -> bool:
    """Whether a condition holds at all times up to the finish, whatever is done."""
    if isinstance(condition, During):
        return condition.first <= 0 and (condition.last is None or condition.last >= finish)
    return isinstance(condition, Amount) and all(condition.past(time) >= condition.need for time in range(finish + 1))
