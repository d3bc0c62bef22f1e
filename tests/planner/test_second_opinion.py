"""The search against OR-tools CP-SAT, on the dumped problem of random worlds and of real plans."""

from __future__ import annotations

import json
import os
from collections.abc import Callable

import pytest

from benchmarks.cpsat import Model
from hsm_planner.engine.assess import Goal
from hsm_planner.planner.dated import dump
from hsm_planner.planner.meaning import key
from hsm_planner.planner.model import Problem
from hsm_planner.planner.plan import neutral_problem
from hsm_planner.planner.search import Objective, solve
from hsm_planner.profile.read import read_profile
from tests.planner.test_search import worked_example
from tests.planner.worlds import ageing_world, career_world, entangled_world, world
from tests.support import AS_OF, ROOT, kind_of, knowledge

WORLDS = int(os.environ.get("HSM_PLANNER_WORLDS", "80"))
PLANS = [
    ("charge-nurse", "clinical-nurse-manager"),
    ("charge-nurse", "nha-pa"),
    ("medical-assistant", "medical-office-manager"),
    ("records-specialist", "rhia"),
]


@pytest.mark.parametrize("made", [world, entangled_world, ageing_world, career_world])
@pytest.mark.parametrize("objective", ["fastest", "cheapest"])
@pytest.mark.parametrize("block", range(4))
def test_cp_sat_finds_the_same_optimum(block: int, objective: Objective, made: Callable[[int], Problem]) -> None:
    for seed in range(block, WORLDS if made is world else WORLDS // 2, 4):
        problem = made(seed)
        found = solve(problem, objective).schedule
        mine = key(problem, found, objective)[0] if found is not None else None
        assert Model(json.loads(dump(problem))).best(objective) == mine, seed


def test_cp_sat_finds_the_same_optimum_of_the_worked_example() -> None:
    best = Model(json.loads(dump(worked_example()))).best("fastest")
    assert best is not None
    assert best[0] == 85


@pytest.mark.parametrize(("person", "target"), PLANS)
def test_cp_sat_finds_the_same_optimum_of_a_real_plan(person: str, target: str) -> None:
    text = (ROOT / "examples" / f"{person}.yaml").read_text(encoding="utf-8")
    someone, _ = read_profile(text, person)
    problem = neutral_problem(someone, knowledge(), Goal(kind_of(target), target, someone.state), AS_OF)
    found = solve(problem).schedule
    assert found is not None
    assert Model(json.loads(dump(problem))).best("fastest") == key(problem, found, "fastest")[0]
