"""Which limits stand in the way of a plan: the smallest set that clashes, and what each gives when it is lifted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

from hsm_planner.planner.bounds import NEVER, of_problem
from hsm_planner.planner.made import Routes
from hsm_planner.planner.meaning import Reading
from hsm_planner.planner.model import ALWAYS, All, Amount, Any, Condition, Problem
from hsm_planner.planner.search import Solution
from hsm_planner.planner.ways import Limits
from hsm_planner.values.record import record, replace

_MOST_LIFTED = 3  # limits together


@record
class Found:
    """What the search found within some limits."""

    routes: Routes
    solution: Solution
    limits: Limits


@record
class Limit:
    """One thing that the person sets; ``words`` finish the sentence "these clash: ...".

    ``instead``: how it is when that is lifted, to begin a sentence with.
    """

    id: str
    words: str
    instead: str = ""


@record
class Lifted:
    """The plan that there is without one limit."""

    limit: Limit
    found: Found


Try = Callable[[frozenset[str]], Found]


def smallest_clash(limits: Sequence[Limit], attempt: Try) -> list[Limit]:
    """Limits that clash, so that without any one of them they do not; empty when there is no plan without all of them.

    ``attempt`` solves with the limits of some ids alone.
    """
    if attempt(frozenset()).solution.schedule is None:
        return []
    kept = list(limits)
    for limit in limits:
        fewer = [one for one in kept if one != limit]
        if attempt(frozenset(one.id for one in fewer)).solution.status == "impossible":
            kept = fewer
    return kept


def whatever_the_posts(problem: Problem) -> bool:
    """Whether there would be no plan even if every post and all that posts earn were there for the asking."""
    activities = tuple(replace(one, needs=_granted(one.needs)) for one in problem.activities)
    granted = replace(problem, activities=activities, goal=_granted(problem.goal))
    return of_problem(granted).earliest(granted.goal) >= NEVER


def _granted(condition: Condition) -> Condition:
    if isinstance(condition, All):
        return All(tuple(map(_granted, condition.of)))
    if isinstance(condition, Any):
        return Any(tuple(map(_granted, condition.of)))
    return ALWAYS if isinstance(condition, Amount) else condition


def lifted(limits: Sequence[Limit], clash: Sequence[Limit], attempt: Try) -> list[Lifted]:
    """What there is when one limit of the clash is lifted and all others stay."""
    found = []
    for limit in clash:
        attempted = attempt(frozenset(one.id for one in limits if one != limit))
        if attempted.solution.schedule is not None:
            found.append(Lifted(limit, attempted))
    return found


def lifted_together(
    limits: Sequence[Limit], clash: Sequence[Limit], attempt: Try
) -> list[tuple[tuple[Limit, ...], Found]]:
    """The limits to lift where one alone is not enough: as few as can be, one of the clash among them, with the plans.

    Of several such sets those of which none gives a plan both sooner and cheaper.
    """
    for size in range(2, min(len(limits), _MOST_LIFTED) + 1):
        sets = [some for some in combinations(limits, size) if not set(some).isdisjoint(clash)]
        tried = [(some, attempt(frozenset(one.id for one in limits if one not in some))) for some in sets]
        worth = [(_worth(found), some, found) for some, found in tried if found.solution.schedule is not None]
        best = [one for one in worth if not any(_better(other, one[0]) for other, _, _ in worth)]
        if best:
            distinct = {value: (some, found) for value, some, found in reversed(best)}
            return [distinct[value] for value in sorted(distinct)]
    return []


def _worth(found: Found) -> tuple[int, int, int]:
    """When a plan is over, and what it costs: its unknown prices, and the known ones at the most."""
    assert found.solution.schedule is not None
    cost = Reading(found.routes.problem, found.solution.schedule).cost()
    return (found.solution.schedule.finish, cost.unpriced, cost.high)


def _better(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return one != other and all(mine <= its for mine, its in zip(one, other, strict=True))
