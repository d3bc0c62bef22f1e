"""What is said more briefly before the search: branches, parts, and what several ask."""

from __future__ import annotations

from hsm_planner.planner.model import (
    Activity,
    All,
    Amount,
    Any,
    Begun,
    Condition,
    Done,
    During,
    Mode,
    Problem,
)
from hsm_planner.planner.search import solve
from hsm_planner.planner.simpler import is_event, simpler
from hsm_planner.values.record import replace

A, B, C, D = (Done(name) for name in "abcd")
MONTHS = Amount("months", 12, (0,), (("post", 1), ("other", 1)))


def made(goal: Condition, **needs: Condition) -> Problem:
    """Activities a to d of a month each and two posts, some with needs."""
    names = [*"abcd", "post", "other"]
    activities = tuple(
        Activity(name, (Mode("m", 1, {}, {}),), needs.get(name, All()), post=name in ("post", "other"))
        for name in names
    )
    return Problem(60, activities, goal, {}, {}, None)


def asked(problem: Problem) -> Condition:
    """What the goal of the simpler problem comes to."""
    goal = simpler(problem).goal
    return goal.of[0] if isinstance(goal, All) and len(goal.of) == 1 else goal


def test_a_branch_that_asks_more_than_another_goes() -> None:
    assert asked(made(Any((A, All((A, B)))))) == A
    assert asked(made(Any((Any((A, B)), All((Any((A, C)), D)))))) == Any((A, B, All((C, D))))


def test_a_branch_that_waits_for_another_goes() -> None:
    assert asked(made(Any((A, B)), b=All((A, C)))) == A
    assert asked(made(Any((A, B)), b=C)) == Any((A, B))


def test_more_of_an_amount_is_more_in_whatever_measure() -> None:
    hours = Amount("hours", 24_000, (0,), (("post", 1_000), ("other", 1_000)))  # 24 months of it
    assert asked(made(Any((MONTHS, hours)))) == MONTHS
    assert asked(made(All((MONTHS, hours)))) == hours
    window = replace(hours, within=36)
    assert asked(made(All((MONTHS, window)))) == window
    assert asked(made(Any((hours, replace(window, need=12_000))))) == Any((hours, replace(window, need=12_000)))


def test_what_a_step_asked_before_is_not_asked_again() -> None:
    either = Any((B, C))
    found = simpler(made(A, a=All((D, either)), d=either))
    assert found.activity("a").needs == All((D,))
    assert found.activity("d").needs == All((either,))


def test_what_does_not_last_is_asked_again() -> None:
    soon = Any((Done("b", 0, 6), During(0, 3)))
    found = simpler(made(A, a=All((D, soon)), d=soon))
    assert found.activity("a").needs == All((D, soon))


def test_no_two_take_each_other_for_a_reason() -> None:
    either = Any((B, C))
    circle = made(A, a=All((D, either)), d=All((A, either)))
    found = simpler(circle)
    assert any(either in _parts(found, name) or _waits_for_event(found, name) for name in "ad")


def _parts(problem: Problem, name: str) -> tuple[Condition, ...]:
    needs = problem.activity(name).needs
    assert isinstance(needs, All)
    return needs.of


def _waits_for_event(problem: Problem, name: str) -> bool:
    return any(isinstance(one, Done) and is_event(one.activity) for one in _parts(problem, name))


def test_what_several_ask_is_asked_by_one_event_that_no_plan_shows() -> None:
    either = Any((C, D))
    problem = made(All((A, B)), a=either, b=either)
    found = simpler(problem)
    (event,) = (one for one in found.activities if is_event(one.id))
    assert event.needs == All((either,))
    assert all(found.activity(name).needs == All((Done(event.id),)) for name in "ab")
    best = solve(problem).schedule
    assert best is not None
    assert {one.activity for one in best.choices} == {"a", "b", "c"}


def test_of_what_several_ask_the_part_that_lasts_is_one_event() -> None:
    mixed = Any((C, D, During(0, 3)))
    found = simpler(made(All((A, B)), a=mixed, b=mixed))
    (event,) = (one for one in found.activities if is_event(one.id))
    assert event.needs == All((Any((C, D)),))
    assert all(found.activity(name).needs == All((Any((Done(event.id), During(0, 3))),)) for name in "ab")


def test_a_post_that_has_begun_needs_nothing_that_it_asked() -> None:
    found = simpler(made(All((Begun("post"), A)), post=A))
    assert found.goal == All((Begun("post"),))
