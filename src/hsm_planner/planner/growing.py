"""Partial routes to the goal of a problem, and every way to take one a step further."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from hsm_planner.planner.model import All, Amount, Any, Begun, Condition, Done, During, Problem
from hsm_planner.planner.rows import Demand
from hsm_planner.values.record import record, replace

_WIDEST = 100  # amounts are resolved last


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
        self._alone: dict[int, str | None] = {}
        self._current = problem.current
        self._begun = {activity.id: Begun(activity.id) for activity in problem.activities if activity.post}

    def first(self) -> Iterator[Route]:
        """The route of which all others are a part; none where the goal cannot be."""
        yield from self._settled([Route((), (), (("", self._problem.goal),))])

    def name(self, route: Route) -> tuple[object, ...]:
        """The same for equal routes."""
        demanded = tuple(self._number(demand.owner, demand.condition) for demand in route.demands)
        return (route.chosen, demanded, tuple(self._number(*one) for one in route.open))

    def _settled(self, routes: Iterable[Route]) -> Iterator[Route]:
        """The routes with all resolved that needs no choice, without those that cannot be."""
        return (route for one in routes if (route := self._simplified(one)) is not None)

    def _simplified(self, route: Route) -> Route | None:
        """All that needs no choice resolved: conjunctions, facts, what is chosen or has one mode; None: never."""
        demands, rest = list(route.demands), list(route.open)
        waiting: list[tuple[str, Condition]] = []
        chosen = dict(route.chosen)
        while rest:
            owner, condition = rest.pop()
            if isinstance(condition, All):
                rest.extend((owner, child) for child in condition.of)
            elif isinstance(condition, Any):
                if not any(map(self._always, condition.of)) and not self._covered(condition.of, chosen):
                    waiting.append((owner, condition))
            elif isinstance(condition, During):
                if not self._always(condition):
                    demands.append(Demand(owner, condition))
            elif (name := self._only(condition)) is None:
                waiting.append((owner, condition))
            else:
                activity = self._activities.get(name)
                if activity is None or not activity.modes:
                    return None
                if name not in chosen and len(activity.modes) > 1:
                    waiting.append((owner, condition))
                    continue
                if name not in chosen:
                    chosen[name] = activity.modes[0].id
                    rest.append((name, activity.needs))
                demands.append(Demand(owner, condition))
        demanded = {self._number(demand.owner, demand.condition): demand for demand in demands}
        left = {self._number(*one): one for one in waiting}
        return Route(
            tuple(sorted(chosen.items())),
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

    def _only(self, condition: Done | Begun | Amount) -> str | None:
        """The activity without which a condition never holds, where with it there is no choice left."""
        if not isinstance(condition, Amount):
            return condition.activity
        if id(condition) not in self._alone:
            self._alone[id(condition)] = self._earner(condition)
            self._kept.append(condition)
        return self._alone[id(condition)]

    def _earner(self, amount: Amount) -> str | None:
        """The only activity that can earn what an amount has not from the past."""
        if amount.after is not None or max(amount.base) >= amount.need:
            return None
        able = [name for name, rate in amount.rates if rate > 0 and name in (*self._activities, self._current)]
        return able[0] if len(able) == 1 and able[0] != self._current else None

    def _covered(self, of: Iterable[Condition], chosen: Container[str]) -> bool:
        """Whether a fact holds from the beginning until something chosen is surely done."""
        ends = [
            activity.deadline
            for one in of
            if isinstance(one, Done) and not one.lag and one.within is None and one.activity in chosen
            if (activity := self._activities[one.activity]).deadline is not None
        ]
        return bool(ends) and any(
            isinstance(one, During) and one.first <= 0 and one.last is not None and one.last >= min(ends) - 1
            for one in of
        )

    def grow(self, route: Route) -> Iterator[Route]:
        """Every way to resolve one open condition."""
        yield from self._settled(self._resolved(route))

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

    def _width(self, condition: Condition) -> int:
        match condition:
            case Any(of):
                return len(of)
            case Done(name) | Begun(name):
                return len(self._activities[name].modes)
            case _:
                return _WIDEST

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
        if max(amount.base) >= amount.need or any(name == self._current or route.has(name) for name, _ in amount.rates):
            yield replace(route, demands=(*route.demands, Demand(owner, amount)), open=rest)
        for name, _ in amount.rates:
            if name in self._activities and not route.has(name):
                more = replace(route, open=(*rest, (owner, amount)))
                if name in self._begun:  # a post that begins no sooner earns nothing here
                    more = replace(more, demands=(*route.demands, Demand(owner, self._begun[name])))
                yield from self._with(more, name)


def given(condition: Condition, finish: int) -> bool:
    """Whether a condition holds at all times up to the finish, whatever is done."""
    if isinstance(condition, During):
        return condition.first <= 0 and (condition.last is None or condition.last >= finish)
    return isinstance(condition, Amount) and all(condition.past(time) >= condition.need for time in range(finish + 1))
