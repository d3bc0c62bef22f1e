"""A saved plan followed: done, late, answered, changed rules, the plan from today on."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import jsonschema
import pytest

from hsm_planner.cli.main import execute
from hsm_planner.engine.assess import Goal
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.planner.follow import follow, wishes_of
from hsm_planner.planner.plan import plan
from hsm_planner.planner.result import Followed, Plan
from hsm_planner.planner.wishes import Wishes
from hsm_planner.profile.read import read_profile
from hsm_planner.report.jsonform import result_json
from hsm_planner.report.schemas import schema

ROOT = Path(__file__).parents[2]
AS_OF = dt.date(2026, 11, 23)
NURSE = (ROOT / "examples" / "charge-nurse.yaml").read_text(encoding="utf-8")
COURSE = "course:nha-pa.route-two-years.programme"


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load(ROOT / "data")


@pytest.fixture(scope="module")
def saved(knowledge: Knowledge) -> Plan:
    person, _ = read_profile(NURSE, "x")
    made = plan(person, knowledge, Goal("license", "nha-pa", "PA"), AS_OF, Wishes())
    return Plan.model_validate_json(result_json(made))


def followed(saved: Plan, knowledge: Knowledge, day: str, profile: str = NURSE) -> Followed:
    person, _ = read_profile(profile, "x")
    return follow(saved, person, knowledge, dt.date.fromisoformat(day))


def states(found: Followed) -> dict[str, str]:
    return {step.id: step.state for step in found.steps}


def test_on_the_same_day_nothing_has_changed(saved: Plan, knowledge: Knowledge) -> None:
    found = followed(saved, knowledge, "2026-11-23")
    assert set(states(found).values()) == {"ahead", "open"}
    assert found.rules_changed == ()
    assert (found.difference.months_later, found.difference.moved) == (0, ())
    assert (found.difference.added, found.difference.dropped) == ((), ())
    assert found.plan.months == saved.months


def test_what_was_not_done_in_time_is_late(saved: Plan, knowledge: Knowledge) -> None:
    end = next(step.end for step in saved.actions if step.id == COURSE)
    assert states(followed(saved, knowledge, end))[COURSE] == "due"
    after = (dt.date.fromisoformat(end) + dt.timedelta(days=1)).isoformat()
    found = followed(saved, knowledge, after)
    assert states(found)[COURSE] == "late"
    assert (found.difference.months_later or 0) > 0
    assert COURSE in {one.id for one in found.difference.moved}


def test_what_the_profile_has_is_done(saved: Plan, knowledge: Knowledge) -> None:
    profile = NURSE.replace(
        "courses: []",
        "courses: [{name: pa-nha-programme, hours: 120, date: 2027-02-20}]".replace(
            "pa-nha-programme", next(one.target or "" for one in saved.actions if one.id == COURSE)
        ),
    ).replace("exams: []", "exams: [{id: nab-core, passed: 2027-04-15}]")
    found = followed(saved, knowledge, "2027-05-10", profile)
    assert states(found)[COURSE] == "done"
    assert states(found)["exam:nab-core"] == "done"
    assert COURSE not in found.difference.dropped
    assert COURSE not in {one.id for one in found.plan.actions}


def test_a_no_is_told_as_a_no(saved: Plan, knowledge: Knowledge) -> None:
    question = next(one for one in saved.actions if "good moral character" in one.text)
    profile = NURSE + "\nstatements: {good-moral-character: false}\n"
    found = followed(saved, knowledge, "2027-01-10", profile)
    assert states(found)[question.id] == "answered_no"
    assert found.plan.status == "impossible"
    assert found.difference.months_later is None


def test_a_yes_settles_its_question(saved: Plan, knowledge: Knowledge) -> None:
    question = next(one for one in saved.actions if "good moral character" in one.text)
    found = followed(saved, knowledge, "2027-01-10", NURSE + "\nstatements: {good-moral-character: true}\n")
    assert states(found)[question.id] == "done"


def test_what_the_licence_in_hand_makes_needless_is_not_late(saved: Plan, knowledge: Knowledge) -> None:
    profile = NURSE.replace("credentials:\n", "credentials:\n  - {id: nha, state: PA, issued: 2027-08-01}\n")
    told = states(followed(saved, knowledge, "2027-09-10", profile))
    assert told[COURSE] == "moot"
    assert not {"late", "open", "due"} & set(told.values())


def test_a_post_left_again_is_not_done(knowledge: Knowledge) -> None:
    person, _ = read_profile(NURSE, "x")
    goal = Goal("role", "nursing-home-administrator", "PA")
    made = plan(person, knowledge, goal, AS_OF, Wishes())
    left = "  - {role: nursing-home-administrator, title: NHA, setting: nursing-home, start: 2027-01, end: 2027-02}\n"
    found = followed(made, knowledge, "2027-04-01", NURSE.replace("experience:\n", f"experience:\n{left}"))
    assert states(found)["post:nursing-home-administrator"] != "done"


def test_a_post_of_some_month_of_the_year_the_plan_was_made_in_is_not_taken_for_its_step(knowledge: Knowledge) -> None:
    person, _ = read_profile(NURSE, "x")
    made = plan(person, knowledge, Goal("role", "clinical-nurse-manager", "PA"), AS_OF, Wishes())
    early = "  - {role: clinical-nurse-manager, title: NM, setting: hospital, start: 2026}\n"
    found = followed(made, knowledge, "2026-12-24", NURSE.replace("experience:\n", f"experience:\n{early}"))
    assert states(found)["post:clinical-nurse-manager"] != "done"


def test_the_goal_reached(saved: Plan, knowledge: Knowledge) -> None:
    profile = NURSE.replace("credentials:\n", "credentials:\n  - {id: nha, state: PA, issued: 2027-09-01}\n")
    found = followed(saved, knowledge, "2027-10-10", profile)
    assert found.plan.status == "done"
    assert states(found)["get:nha-pa"] == "done"


def test_a_rule_that_has_changed_is_named_with_both_sources(saved: Plan, knowledge: Knowledge, tmp_path: Path) -> None:
    assert saved.rules["nha-pa.age"].text == "21 years of age"
    age = saved.rules["nha-pa.age"]
    older = saved.model_copy(
        update={"rules": saved.rules | {"nha-pa.age": age.model_copy(update={"text": "18 years"})}}
    )
    gone = older.model_copy(update={"rules": older.rules | {"nha-pa.old-leaf": age}})
    found = followed(gone, knowledge, "2027-01-10")
    changes = {one.leaf: one for one in found.rules_changed}
    assert set(changes) == {"nha-pa.age", "nha-pa.old-leaf"}
    assert (changes["nha-pa.age"].old, changes["nha-pa.age"].new) == ("18 years", "21 years of age")
    assert changes["nha-pa.age"].new_sources
    assert changes["nha-pa.old-leaf"].new is None
    assert set(found.sources) >= set(changes["nha-pa.age"].new_sources)


def test_how_many_parts_a_rule_asks_its_renewal_and_its_prices_are_followed_too(
    saved: Plan, knowledge: Knowledge
) -> None:
    assert followed(saved, knowledge, "2027-01-10").rules_changed == ()
    said = {
        "nha-pa.routes": "all of these", "nha-pa.renewal": "every 2 years, 24 hours", "nha-pa.fee.programme": "$1,000"
    }  # fmt: skip
    assert {saved.rules[name].part for name in said} == {"group", "renewal", "price"}
    other = {name: saved.rules[name].model_copy(update={"text": text}) for name, text in said.items()}
    found = followed(saved.model_copy(update={"rules": saved.rules | other}), knowledge, "2027-01-10")
    assert {one.leaf: one.old for one in found.rules_changed} == said
    alone = {name: one for name, one in saved.rules.items() if one.part == "leaf"}  # as older plans have them
    assert followed(saved.model_copy(update={"rules": alone}), knowledge, "2027-01-10").rules_changed == ()


def test_what_was_asked_of_the_plan_is_asked_again(knowledge: Knowledge) -> None:
    person, _ = read_profile(NURSE, "x")
    wishes = Wishes(
        objective="cheapest", study_hours=20, budget=9000, by=dt.date(2032, 1, 31), with_=(frozenset({"fache"}),),
        without=frozenset({"hse"}), assume={"exam-preparation-months": 2.0},
    )  # fmt: skip
    made = plan(person, knowledge, Goal("license", "nha-pa", "PA"), AS_OF, wishes)
    assert wishes_of(Plan.model_validate_json(result_json(made))) == wishes


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nurse, kept = tmp_path / "nurse.yaml", tmp_path / "plan.json"
    nurse.write_text(NURSE, encoding="utf-8")
    assert execute(["plan", str(nurse), "-t", "nha-pa", "--as-of", "2026-11-23", "-o", str(kept)]) == 0
    assert execute(["follow", str(kept), str(nurse), "--as-of", "2027-05-10", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    jsonschema.validate(told, schema("follow"))
    assert told["made_on"] == "2026-11-23"
    assert execute(["follow", str(kept), str(nurse), "--as-of", "2027-05-10"]) == 0
    text = capsys.readouterr().out
    assert "Late: it was to be over by now (1)" in text
    assert "months later than planned" in text
    assert execute(["follow", str(kept), str(nurse), "--as-of", "2026-01-01"]) == 2
    kept.write_text(kept.read_text(encoding="utf-8").replace('"state": "PA"', '"state": "ZZ"', 1), encoding="utf-8")
    assert execute(["follow", str(kept), str(nurse), "--as-of", "2027-05-10"]) == 1
    assert "there is no state 'ZZ'" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["", "{", "[]", '{"command": "assess"}', "a: b"])
def test_what_is_no_plan_is_refused(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken, nurse = tmp_path / "plan.json", tmp_path / "nurse.yaml"
    broken.write_text(text, encoding="utf-8")
    nurse.write_text(NURSE, encoding="utf-8")
    assert execute(["follow", str(broken), str(nurse)]) == 1
    told = capsys.readouterr().err
    assert "plan.json" in told
    assert "-o plan.json" in told
