"""What becomes of a plan without one of its activities: as good as when it is searched from nothing."""

from __future__ import annotations

import pytest

from hsm_planner.planner import search
from hsm_planner.planner.meaning import Reading, key
from hsm_planner.planner.model import Activity, All, Any, Begun, Cost, Done, Mode, Problem
from hsm_planner.planner.otherwise import Otherwise
from hsm_planner.planner.reach import open_ways, reduced
from hsm_planner.planner.search import Objective, solve
from hsm_planner.values.record import replace
from tests.planner.worlds import large_world, world
from tests.support import planned

NODES = 20_000


def mode(months: int) -> Mode:
    return Mode("m", months, {}, {}, Cost())


def problem(*activities: Activity, goal: object) -> Problem:
    return Problem(50, activities, goal, {"hours": 40, "post": 1}, {})  # type: ignore[arg-type]


@pytest.mark.parametrize("objective", ["fastest", "cheapest"])
def test_without_each_activity_it_is_the_best_of_the_rest(objective: Objective) -> None:
    compared = 0
    for seed in range(600):
        whole = world(seed) if seed % 3 else large_world(seed)
        solution = solve(whole, objective, NODES)
        if solution.schedule is None or solution.status != "optimal":
            continue
        names = [choice.activity for choice in solution.schedule.choices]
        otherwise = Otherwise(
            whole, solution.schedule, objective, 2 * len(names) * NODES, {one: {one} for one in names}
        )
        for name in names:
            rest = replace(whole, activities=tuple(one for one in whole.activities if one.id != name))
            alone, found = solve(rest, objective, NODES), otherwise.without(name)
            if "optimal" not in (alone.status, found.status):
                continue
            assert (alone.schedule is None) == (found.schedule is None), (seed, name)
            if alone.schedule is not None and found.schedule is not None:
                assert not any(Reading(rest, found.schedule).problems())
                assert key(rest, found.schedule, objective)[0][:4] == key(rest, alone.schedule, objective)[0][:4]
                compared += 1
    assert compared > 20


def test_leaving_it_out_changes_no_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    worlds = [large_world(seed) for seed in range(40)]
    usual = [solve(one, most_nodes=2000) for one in worlds]
    assert any(len(reduced(one).activities) < len(one.activities) for one in worlds)
    monkeypatch.setattr(search, "reduced", lambda problem: problem)
    assert [solve(one, most_nodes=2000) for one in worlds] == usual


def test_what_leads_nowhere_is_left_out() -> None:
    found = problem(
        Activity("first", (mode(3),)),
        Activity("second", (mode(2),), Done("first")),
        Activity("beside", (mode(1),)),
        Activity("behind", (mode(1),), Done("second")),
        Activity("itself", (mode(1),), Done("itself")),
        goal=Any((Done("second"), Done("itself"))),
    )
    assert open_ways(found) == {"first", "second"}
    assert [one.id for one in reduced(found).activities] == ["first", "second"]


def test_what_is_asked_only_by_what_cannot_be_is_left_out() -> None:
    found = problem(
        Activity("way", (mode(3),)),
        Activity("other", (mode(2),)),
        goal=Any((Begun("way"), All((Done("other"), Done("absent"))))),
    )
    assert open_ways(found) == {"way"}


def test_a_plan_is_never_worse_than_what_comes_of_a_no_to_it() -> None:
    """Where the search was cut short, what is found without an answer can be better than with it: that is the plan."""
    found = planned("charge-nurse", "ne-bc", stop_working=True)
    assert found.months == 40
    assert not [one.no for one in found.actions if one.no is not None and "sooner" in one.no.text]
