"""A plan followed with somebody else's profile says so; with one's own, grown or put right, nothing is said."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path

import jsonschema
import pytest

from hsm_planner.cli.main import execute
from hsm_planner.engine.assess import Goal
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.planner.follow import follow
from hsm_planner.planner.plan import plan
from hsm_planner.planner.result import Plan
from hsm_planner.profile.read import read_profile
from hsm_planner.report.jsonform import result_json
from hsm_planner.report.schemas import schema

EXAMPLES = Path(__file__).parents[2] / "examples"
ROBERT = (EXAMPLES / "assistant-administrator.yaml").read_text(encoding="utf-8")
DANA = (EXAMPLES / "medical-assistant.yaml").read_text(encoding="utf-8")
NAMELESS = DANA.replace("name: Dana R.\n", "")


@cache
def knowledge() -> Knowledge:
    return Knowledge.load(EXAMPLES.parent / "data")


@cache
def saved() -> Plan:
    person, _ = read_profile(ROBERT, "x")
    made = plan(person, knowledge(), Goal("license", "nha-oh", "OH"), dt.date(2026, 11, 23))
    return Plan.model_validate_json(result_json(made))


def warned(profile: str, made: Plan | None = None) -> tuple[str, ...]:
    person, _ = read_profile(profile, "x")
    return follow(made or saved(), person, knowledge(), dt.date(2026, 11, 23)).warnings


def test_another_name_is_said() -> None:
    assert "another name" in warned(ROBERT.replace("Robert K.", "Rita M."))[0]


def test_another_life_is_said() -> None:
    assert "nothing of what" in warned(NAMELESS)[0]
    both = warned(DANA)
    assert len(both) == 1
    assert "another name" in both[0]
    assert "nothing of what" in both[0]


def test_ones_own_profile_is_followed_without_a_word() -> None:
    assert warned(ROBERT) == ()
    assert warned(ROBERT.replace("name: Robert K.\n", "")) == ()
    grown = ROBERT.replace("credentials: []", "credentials: [{id: rn, state: OH, issued: 2027-01}]")
    assert warned(grown.replace("    start: 2021-01-04\n", "    start: 2021-01-04\n    end: 2027-02-01\n")) == ()


def test_a_plan_that_keeps_no_marks_says_nothing() -> None:
    receipt = saved().receipt.model_copy(update={"person": {}})
    assert warned(DANA, saved().model_copy(update={"receipt": receipt})) == ()


def test_a_saved_plan_has_no_word_of_the_profile_in_its_marks() -> None:
    marks = json.dumps(saved().receipt.person)
    for word in ("Robert", "health", "administrator"):
        assert word not in marks


def test_the_command_says_it_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "plan.json"
    own, other = str(EXAMPLES / "assistant-administrator.yaml"), str(EXAMPLES / "medical-assistant.yaml")
    assert execute(["plan", own, "-t", "nha-oh", "--as-of", "2026-11-23", "-o", str(kept)]) == 0
    assert execute(["follow", str(kept), other, "--as-of", "2026-11-23"]) == 0
    text = capsys.readouterr().out
    assert text.index("another name") < text.index("From today on")
    assert execute(["follow", str(kept), other, "--as-of", "2026-11-23", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    jsonschema.validate(told, schema("follow"))
    assert len(told["warnings"]) == 1
