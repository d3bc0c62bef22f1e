"""Several targets side by side, what serves more than one of them, and what lies nearer."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from hsm_planner.cli.main import execute
from hsm_planner.engine.assess import Goal
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.planner.plan import plan
from hsm_planner.planner.result import Plans
from hsm_planner.planner.together import plan_with_nearer, plans
from hsm_planner.planner.wishes import Wishes
from hsm_planner.profile.model import Profile
from hsm_planner.profile.read import read_profile
from hsm_planner.report.plan import plan_lines
from hsm_planner.report.schemas import schema
from hsm_planner.report.terminal import plain_text

ROOT = Path(__file__).parents[2]
AS_OF = dt.date(2026, 11, 23)
NURSE = str(ROOT / "examples" / "charge-nurse.yaml")


@cache
def knowledge() -> Knowledge:
    return Knowledge.load(ROOT / "data")


@cache
def someone(name: str) -> Profile:
    return read_profile((ROOT / "examples" / f"{name}.yaml").read_text(encoding="utf-8"), name)[0]


@cache
def side_by_side() -> Plans:
    goals = [Goal("license", "nha-pa", "PA"), Goal("role", "nursing-home-administrator", "PA")]
    return plans(someone("charge-nurse"), knowledge(), goals, AS_OF, Wishes(alternatives=1))


def test_each_is_the_plan_towards_its_target_alone() -> None:
    for one in side_by_side().plans:
        goal = Goal(one.goal.kind, one.goal.id, "PA")
        alone = plan(someone("charge-nurse"), knowledge(), goal, AS_OF, Wishes())
        assert [(step.id, step.start, step.end) for step in one.actions] == [
            (step.id, step.start, step.end) for step in alone.actions
        ]


def test_steps_of_both_are_named_and_only_these() -> None:
    found = side_by_side()
    ids = [{step.id for step in one.actions} for one in found.plans]
    shared = {step.id for step in found.shared}
    assert ids[0] & ids[1] <= shared
    assert "get:nha-pa" in shared
    for step in found.shared:
        assert step.targets == ("nha-pa", "nursing-home-administrator")


def test_a_nurse_in_pennsylvania_hears_of_the_personal_care_home() -> None:
    goal = Goal("license", "nha-pa", "PA")
    found = plan_with_nearer(someone("charge-nurse"), knowledge(), goal, AS_OF, Wishes(alternatives=1))
    near = {one.id: one for one in found.nearer}
    assert "al-pa-pch" in near
    assert near["al-pa-pch"].counts_not_towards == ("nha-pa",)
    assert near["al-pa-pch"].proven
    assert found.months is not None
    for one in found.nearer:
        assert one.months <= found.months - 3
        alone = plan(someone("charge-nurse"), knowledge(), Goal(one.kind, one.id, "PA"), AS_OF, Wishes())
        assert (alone.months, alone.status) == (one.months, "optimal")
        assert one.answers == sum(action.kind == "confirm" for action in alone.actions)


def test_a_nearer_post_that_rests_on_an_answer_says_so() -> None:
    goal = Goal("role", "department-manager", "OH")
    person = someone("health-administration-graduate")
    found = plan_with_nearer(person, knowledge(), goal, AS_OF, Wishes(alternatives=1))
    near = {one.id: one for one in found.nearer}
    assert near["health-information-manager"].answers == 1
    assert "; no cost that we know of, if one answer is yes." in plain_text(plan_lines(found), None)


def test_a_nearer_post_that_counts_but_is_no_step_says_how_it_becomes_one() -> None:
    """Not all that a director of operations is asked was read: a plan goes by that post where it is wanted alone."""
    person, goal = someone("restaurant-manager"), Goal("role", "practice-administrator", "AZ")
    found = plan_with_nearer(person, knowledge(), goal, AS_OF, Wishes(alternatives=1))
    near = {one.id: one for one in found.nearer}
    assert near["director-of-operations"].by_wish
    assert not near["front-office-supervisor"].by_wish
    wished = plan(person, knowledge(), goal, AS_OF, Wishes(with_=(frozenset({"director-of-operations"}),)))
    assert found.months is not None
    assert wished.months is not None
    assert wished.months < found.months


@pytest.mark.parametrize("name", ["medical-assistant", "hr-specialist", "health-information-graduate"])
def test_what_is_nearer_is_no_higher_and_proven_but_for_what_employers_ask(name: str) -> None:
    person = someone(name)
    found = plan_with_nearer(
        person, knowledge(), Goal("role", "nursing-home-administrator", person.state), AS_OF, Wishes(alternatives=1)
    )
    levels = [rung.id for rung in knowledge().words.ladder]
    for one in found.nearer:
        assert one.proven or one.kind == "role"
        assert one.id != "nursing-home-administrator"
        if (role := knowledge().role(one.id)) is not None:
            assert levels.index(role.level) <= levels.index("manager")


@pytest.mark.parametrize(
    ("name", "kind", "target", "never"),
    [
        ("assistant-administrator", "role", "cno", "ceo"),
        ("health-administration-graduate", "role", "director-of-nursing-hospital", "compliance-manager-healthcare"),
    ],
)
def test_nothing_nearer_rests_on_answers_that_few_can_give(name: str, kind: Any, target: str, never: str) -> None:
    person = someone(name)
    found = plan_with_nearer(person, knowledge(), Goal(kind, target, person.state), AS_OF, Wishes(alternatives=1))
    assert never not in {one.id for one in found.nearer}


def test_nothing_is_nearer_where_no_plan_is_known() -> None:
    person = someone("charge-nurse")
    wishes = Wishes(alternatives=1, by=dt.date(2027, 1, 31))
    assert plan_with_nearer(person, knowledge(), Goal("license", "nha-pa", "PA"), AS_OF, wishes).nearer == ()


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    two = ["plan", NURSE, "-t", "nha-pa", "-t", "nurse manager", "--as-of", "2026-11-23", "--alternatives", "1"]
    assert execute([*two, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    jsonschema.validate(told, schema("plans"))
    assert [one["goal"]["id"] for one in told["plans"]] == ["nha-pa", "clinical-nurse-manager"]
    assert execute(two) == 0
    text = capsys.readouterr().out
    assert text.startswith("2 plans side by side")
    assert "Nearer, though you did not ask for it" in text
    assert text.count("Plan > ") == 2
    assert execute([*two, "--dump"]) == 2


def test_the_worst_of_several_is_the_exit_code() -> None:
    two = ["plan", NURSE, "-t", "nha-pa", "-t", "rn", "--as-of", "2026-11-23", "--alternatives", "0", "--check"]
    assert execute(two) == 0
    assert execute([*two, "-t", "fache", "--by", "2027-06-30"]) == 3


def test_a_target_named_twice_is_planned_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["plan", NURSE, "-t", "nha-pa", "-t", "nha-pa", "--alternatives", "0", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["goal"]["id"] == "nha-pa"


def test_the_report_tells_how_the_plan_begins(capsys: pytest.CaptureFixture[str]) -> None:
    base = ["assess", NURSE, "-t", "nha-pa", "--as-of", "2026-11-23"]
    assert execute([*base, "--plan", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    jsonschema.validate(told, schema("assess"))
    whole = plan(someone("charge-nurse"), knowledge(), Goal("license", "nha-pa", "PA"), AS_OF, Wishes())
    steps = [one for one in whole.actions if one.kind != "confirm"]
    assert [one["id"] for one in told["plan"]["steps"]] == [one.id for one in steps[:3]]
    assert told["plan"]["more"] == len(steps) - 3
    assert told["plan"]["questions"] == len(whole.actions) - len(steps)
    assert told["plan"]["finish"] == whole.finish
    assert execute([*base, "--plan"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert "The plan begins with" in text
    assert "if the answers to the questions are yes, reached" in text
    assert told["plan"]["if_answers_are_yes"] is True
    assert execute([*base, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["plan"] is None


def test_a_plan_that_fails_its_replay_is_never_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("hsm_planner.planner.person.broken", lambda *_: ["something is wrong"])
    for command in (["plan", NURSE, "-t", "nha-pa"], ["assess", NURSE, "-t", "nha-pa", "--plan"]):
        assert execute(command) == 70
        told = capsys.readouterr()
        assert told.out == ""
        assert "failed its own replay" in told.err
        assert json.loads((tmp_path / "hsm-plan-unsound.json").read_text())["is"] == "Problem"


def test_nearer_posts_stand_above_those_that_one_has_held() -> None:
    """A charge nurse is a supervisor already; practice managers lead a practice, which counts."""
    nurse = someone("charge-nurse")
    found = plan_with_nearer(
        nurse, knowledge(), Goal("role", "practice-administrator", "PA"), AS_OF, Wishes(alternatives=1)
    )
    rungs = [rung.id for rung in knowledge().words.ladder]
    roles = [role for one in found.nearer if (role := knowledge().role(one.id)) is not None]
    assert {role.id: role.level for role in roles} == {"medical-office-manager": "manager"}
    assert rungs.index("manager") > rungs.index("supervisor")
    assert [one.counts_towards for one in found.nearer if one.kind == "role"] == [("practice-administrator",)]


def test_a_post_counts_where_how_much_is_asked_was_not_found() -> None:
    """Directors of HR are asked management, of which no source gives an amount."""
    one = someone("hr-specialist")
    found = plan_with_nearer(one, knowledge(), Goal("role", "director-of-hr", "IL"), AS_OF, Wishes(alternatives=1))
    assert [near.counts_towards for near in found.nearer if near.kind == "license"] == [("director-of-hr",)]


def test_the_report_says_what_to_ask_before_a_degree(capsys: pytest.CaptureFixture[str]) -> None:
    records = str(ROOT / "examples" / "records-specialist.yaml")
    base = ["assess", records, "-t", "health-information-manager", "--as-of", "2026-11-23", "--plan"]
    assert execute([*base, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    jsonschema.validate(told, schema("assess"))
    first, second = told["plan"]["ask_first"]
    assert "whether they take less than: bachelor's degree" in first
    assert "60 credits" in second
    assert execute(base) == 0
    assert "Before you begin a degree" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("last", [0, 1])
def test_one_degree_serves_targets_that_take_it_as_well_as_another(last: int) -> None:
    """The degree that the licence asks is behind the rule of the post: it was another than that of the other post."""
    goals = [Goal("role", name, "OH") for name in ("nursing-home-administrator", "health-information-manager")]
    found = plans(someone("medical-assistant"), knowledge(), goals[::-1] if last else goals, AS_OF)
    degrees = [{one.id for one in each.actions if one.kind == "degree"} for each in found.plans]
    assert degrees[0] == degrees[1]
    assert degrees[0] <= {one.id for one in found.shared}
