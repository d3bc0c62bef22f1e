"""What becomes of a plan when something that it takes as true is not: the best plan without it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from hsm_planner.planner.meaning import key
from hsm_planner.planner.model import Problem, Schedule
from hsm_planner.planner.reach import open_ways, without
from hsm_planner.planner.search import Objective, Solution, solve
from hsm_planner.values.record import replace

_SHARE = 2  # all of it together may take one part of so many of what the plan itself may


class Otherwise:
    """The best plans without one activity each. What leaves the same ways open is searched once."""

    def __init__(
        self,
        problem: Problem,
        schedule: Schedule,
        objective: Objective,
        most_nodes: int,
        names: Mapping[str, Collection[str]],
    ) -> None:
        """``names``: the activities of the plan to do without, and for each all that go with it."""
        self.names = names
        self._problem = problem
        self._objective = objective
        self._enough = key(problem, schedule, objective)[0][:4]  # without it nothing is better than this
        self._open = {name: open_ways(without(problem, gone)) for name, gone in names.items()}
        self._most = most_nodes // (_SHARE * max(1, len(set(self._open.values()))))
        self._found: dict[frozenset[str], Solution] = {}

    def without(self, *names: str) -> Solution:
        """The best plan without an activity of the plan, or without several."""
        gone = {one for name in names for one in self.names[name]}
        ways = self._open[names[0]] if len(names) == 1 else open_ways(without(self._problem, gone))
        if ways not in self._found:
            rest = tuple(one for one in self._problem.activities if one.id in ways)
            known = [
                found.schedule
                for found in self._found.values()
                if found.schedule is not None and ways.issuperset(one.activity for one in found.schedule.choices)
            ]
            best = min(known, key=lambda one: key(self._problem, one, self._objective), default=None)
            problem = replace(self._problem, activities=rest)
            self._found[ways] = solve(problem, self._objective, self._most, known=best, enough=self._enough)
        return self._found[ways]

    def better(self) -> Schedule | None:
        """A plan that does without an answer and is better than the plan itself, of which the search was cut short."""
        found = [one.schedule for one in map(self.without, self.names) if one.schedule is not None]
        best = min(found, key=lambda one: key(self._problem, one, self._objective), default=None)
        return best if best is not None and key(self._problem, best, self._objective)[0][:4] < self._enough else None
