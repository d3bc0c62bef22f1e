"""What a problem comes down to: the activities through which some way leads to its goal."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from hsm_planner.planner.bounds import NEVER, Bounds, of_problem
from hsm_planner.planner.model import All, Amount, Any, Begun, Condition, Done, During, Problem
from hsm_planner.values.record import replace


def reduced(problem: Problem) -> Problem:
    """The same problem without activities that are in no best plan."""
    ways = open_ways(problem)
    return replace(problem, activities=tuple(one for one in problem.activities if one.id in ways))


def without(problem: Problem, names: Collection[str]) -> Problem:
    """The same problem without some activities."""
    return replace(problem, activities=tuple(one for one in problem.activities if one.id not in names))


def open_ways(problem: Problem) -> frozenset[str]:
    """The activities that some way to the goal leads through: all others are in no best plan."""
    bounds = of_problem(problem)
    needs = {activity.id: activity.needs for activity in problem.activities}
    found: set[str] = set()
    waiting = [problem.goal]
    while waiting:
        for name in _asked(waiting.pop(), bounds):
            if name not in found and name in needs and bounds.starts[name] < NEVER:
                found.add(name)
                waiting.append(needs[name])
    return frozenset(found)


def _asked(condition: Condition, bounds: Bounds) -> Iterable[str]:
    """The activities through which a condition can come to hold."""
    match condition:
        case All(of):
            return [name for child in of for name in _asked(child, bounds)]
        case Any(of):
            return [name for child in of if bounds.earliest(child) < NEVER for name in _asked(child, bounds)]
        case Done(name) | Begun(name):
            return [name]
        case Amount():
            return [*(name for name, _ in condition.rates), *((condition.after,) if condition.after else ())]
        case During():
            return []
