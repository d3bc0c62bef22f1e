"""The cases in tests/cases/data: a person, an entry of the data, a day, and what it must come to."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import yaml

from hsm_planner.engine.assess import Goal, assess
from tests.support import ROOT, kind_of, knowledge, person

CASES = [
    pytest.param(case, id=case["case"])
    for path in sorted((ROOT / "tests" / "cases" / "data").glob("*.yaml"))
    for case in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["cases"]
]
KEYS = {"case", "target", "state", "setting", "beds", "standard", "as_of", "profile", "expect", "findings"}
GOAL_KEYS = ("state", "setting", "beds", "standard")


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any]) -> None:
    assert set(case) <= KEYS, f"keys nobody reads: {set(case) - KEYS}"
    assert case["expect"] or case["findings"]
    goal = Goal(kind_of(case["target"]), case["target"], **{key: case[key] for key in GOAL_KEYS if key in case})
    result = assess(person(case["profile"]), knowledge(), goal, dt.date.fromisoformat(case["as_of"]))
    assert {key: getattr(result, key) for key in case["expect"]} == case["expect"]
    found = {finding.id: finding.status for finding in result.findings}
    wanted = case.get("findings", {})
    assert {id_: found.get(id_) for id_ in wanted} == wanted


def test_cases_have_names_of_their_own() -> None:
    names = [case.id for case in CASES]
    assert len(names) == len(set(names))
    assert len(names) >= 200
