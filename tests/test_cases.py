"""The cases in tests/cases: a rule, a person, a day, and what it must come to."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest
import yaml

from tests.support import ROOT, grow

FILES = sorted((ROOT / "tests" / "cases").glob("*.yaml"))
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['case']}")
    for path in FILES
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]
]
KEYS = {"case", "as_of", "target", "rule", "profile", "expect", "findings"}
EXPECTED = {"status", "if_confirmed", "have", "need", "missing"}


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any]) -> None:
    assert set(case) <= KEYS, f"keys nobody reads: {set(case) - KEYS}"
    assert set(case["expect"]) <= EXPECTED
    item = grow(case["rule"], case["profile"], dt.date.fromisoformat(case["as_of"]), case.get("target"))
    expect = case["expect"]
    assert item.status.value == expect["status"]
    if "if_confirmed" in expect:
        assert item.confirmed.status.value == expect["if_confirmed"]
    outcome = item.known.outcome
    for key in ("have", "need"):
        if key in expect:
            assert outcome is not None
            value = getattr(outcome, key)
            assert value is not None
            assert (value.least, value.most) == _bounds(expect[key])
    if "missing" in expect:
        assert outcome is not None
        assert outcome.have is not None
        assert outcome.need is not None
        least = max(Fraction(0), outcome.need.least - outcome.have.most)
        most = max(Fraction(0), outcome.need.most - outcome.have.least)
        assert (least, most) == _bounds(expect["missing"])
    statuses = {found.id: found.status.value for found in item.walk()}
    for found in item.walk():
        for part in found.known.outcome.parts if found.known.outcome else ():
            statuses[part.id] = part.outcome.status.value
    for id_, status in case.get("findings", {}).items():
        assert statuses[id_] == status, id_


def _bounds(value: Any) -> tuple[Fraction, Fraction]:
    low, high = value if isinstance(value, list) else (value, value)
    return Fraction(str(low)), Fraction(str(high))


def test_cases_have_names_of_their_own() -> None:
    names = [case.id for case in CASES]
    assert len(names) == len(set(names))
    assert len(names) >= 100
