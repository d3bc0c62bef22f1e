"""A saved plan followed by somebody who has begun: what is under way is neither gone nor done."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from hsm_planner.engine.assess import Goal
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.planner.follow import follow
from hsm_planner.planner.plan import plan
from hsm_planner.planner.result import Followed, FollowedStep, Plan
from hsm_planner.profile.read import read_profile
from hsm_planner.report.follow import follow_lines
from hsm_planner.report.jsonform import result_json
from tests.support import planned

ROOT = Path(__file__).parents[2]
AS_OF = dt.date(2026, 11, 23)
LATER = dt.date(2027, 6, 10)
JULY = dt.date(2027, 7, 10)
AIT = "training:nha-oh.bachelor-route.internship"
NURSE = (ROOT / "examples" / "charge-nurse.yaml").read_text(encoding="utf-8")
ASSISTANT = (ROOT / "examples" / "assistant-administrator.yaml").read_text(encoding="utf-8")


@cache
def knowledge() -> Knowledge:
    return Knowledge.load(ROOT / "data")


@cache
def saved(profile: str, goal: Goal) -> Plan:
    person, _ = read_profile(profile, "x")
    return Plan.model_validate_json(result_json(plan(person, knowledge(), goal, AS_OF)))


def followed(made: Plan, profile: str, day: dt.date = LATER) -> Followed:
    person, _ = read_profile(profile, "x")
    return follow(made, person, knowledge(), day)


def step_of(found: Followed, name: str) -> FollowedStep:
    return next(step for step in found.steps if step.id == name)


def text_of(found: Followed) -> str:
    lines = [line.text for line in follow_lines(found)]
    return "\n".join(lines[: next(number for number, text in enumerate(lines) if text.startswith("Plan >"))])


def training(entry: str, day: dt.date = LATER) -> Followed:
    made = saved(ASSISTANT, Goal("license", "nha-oh", "OH"))
    return followed(made, f"{ASSISTANT}\ntraining: [{entry}]\n" if entry else ASSISTANT, day)


def test_a_training_under_way_is_told_with_what_is_left_of_it() -> None:
    found = training("{kind: administrator-in-training, hours: 400, start: 2027-04-01, registered: true}")
    step = step_of(found, AIT)
    assert (step.state, step.new_start) == ("under_way", None)
    assert step.under_way is not None
    assert (step.under_way.need, step.under_way.unit, step.under_way.until) == (9, "months", "2027-12-31")
    assert 2 < (step.under_way.have or 0) < 3
    assert AIT not in found.difference.dropped
    text = text_of(found)
    assert "2.3 of 9 months done, 6.7 left; until Dec 2027, if you go on." in text
    assert "it takes it that you go on" in text
    assert "No longer needed" not in text
    assert step_of(found, "search:administrator-in-training:nha-oh").state == "done"


def test_a_training_of_which_the_profile_says_nothing_is_told_once_with_how_to_write_it() -> None:
    found = training("", JULY)
    step = step_of(found, AIT)
    assert (step.state, step.under_way, step.new_start) == ("due", None, "2028-01-01")
    assert step.write == "training: {kind: administrator-in-training, start: YYYY-MM-DD}"
    text = text_of(found)
    assert text.count("months of administrator-in-training") == 1
    assert "Under way" not in text
    assert "New days: Jan 2028 to Sep 2028." in text
    assert "write it into your profile, under `training`:\n- {kind: administrator-in-training, start: Y" in text


def test_a_training_that_is_over_before_its_time_is_not_under_way() -> None:
    found = training("{kind: administrator-in-training, start: 2027-04-01, end: 2027-05-20, registered: true}", JULY)
    assert step_of(found, AIT).state == "due"


def test_a_training_that_is_over_is_done() -> None:
    made = saved(ASSISTANT, Goal("license", "nha-oh", "OH"))
    entry = "training: [{kind: administrator-in-training, start: 2027-04-01, end: 2027-12-31, registered: true}]"
    assert step_of(followed(made, f"{ASSISTANT}\n{entry}\n", dt.date(2028, 1, 10)), AIT).state == "done"


def studying(entry: str) -> Followed:
    profile = NURSE.replace(
        "  - {degree: ADN, awarded: 2010-05}\n", f"  - {{degree: ADN, awarded: 2010-05}}\n{entry}\n"
    )
    return followed(saved(NURSE, Goal("role", "clinical-nurse-manager", "PA")), profile)


def test_a_degree_under_way_is_not_gone_and_its_price_is_said_to_be_left_out() -> None:
    found = studying("  - {degree: BSN, expected: 2030-11}")
    step = step_of(found, "degree:bsn:rn-to-bsn")
    assert step.state == "under_way"
    assert step.under_way is not None
    assert (step.under_way.until or "").startswith("2030-11")
    assert step.id not in found.difference.dropped
    text = text_of(found)
    assert "until Nov 2030, as you expect" in text
    assert "What it costs to go on with what is under way is not in it." in text


def test_a_degree_under_way_without_an_end_is_carried_on_by_half() -> None:
    found = studying('  - {degree: "BSN, in progress"}')
    step = step_of(found, "degree:bsn:rn-to-bsn")
    assert (step.state, step.new_start, step.new_end) == ("under_way", "2027-07-01", "2029-06-30")
    text = text_of(found)
    assert "write the day as its `expected`" in text
    assert (
        "As long as that is not known, the plan from today on counts a part of it as left: Jul 2027 to Jun 2029."
        in text
    )
    assert "nothing sooner" not in text
    assert "not in it" not in text


def test_a_degree_whose_day_is_past_is_asked_about() -> None:
    found = studying("  - {degree: BSN, expected: 2027-05}")
    step = step_of(found, "degree:bsn:rn-to-bsn")
    assert step.state == "under_way"
    assert step.under_way is not None
    assert step.under_way.until is None
    assert step.under_way.question
    assert "as you expect" not in text_of(found)
    renewed = next(one for one in found.steps if one.kind == "renew")
    assert (renewed.state, renewed.new_start) == ("due", None)  # the new plan ends before the licence does
    assert "does not rest on it; to keep it, renew it in time" in text_of(found)
    assert f"Open: {step.under_way.question}" in text_of(found)


def test_without_a_new_plan_nothing_is_said_of_it() -> None:
    made = saved(ASSISTANT, Goal("license", "nha-oh", "OH"))
    profile = f"{ASSISTANT}\ntraining: [{{kind: administrator-in-training, start: 2027-04-01, registered: true}}]\n"
    found = followed(made, f"{profile}statements: {{suitable-and-fit: false}}\n")
    assert found.plan.status == "impossible"
    assert step_of(found, AIT).state == "under_way"
    text = text_of(found)
    for words in ("no longer in it", "has no step for it", "What it costs", "From today on\n"):
        assert words not in text


@pytest.mark.parametrize("entry", ["{degree: BSN, school: 'Kent State, dropped out'}", "{degree: BSN never finished}"])
def test_a_degree_that_was_given_up_is_not_under_way(entry: str) -> None:
    found = studying(f"  - {entry}")
    step = step_of(found, "degree:bsn:rn-to-bsn")
    assert (step.state, step.under_way) == ("due", None)
    assert "Under way" not in text_of(found)


def test_a_membership_that_has_to_last_is_not_done_on_its_first_day() -> None:
    made = saved(ASSISTANT, Goal("certification", "fache", "OH"))
    name = next(action.id for action in made.actions if action.kind == "membership")
    joined = f"{ASSISTANT}\nmemberships: [{{organization: ache, since: 2026-12-15, type: member}}]\n"
    step = step_of(followed(made, joined), name)
    assert step.state == "under_way"
    assert step.under_way is not None
    assert (step.under_way.need, step.under_way.unit, step.under_way.until) == (12, "months", "2027-12-14")
    assert step_of(followed(made, joined, dt.date(2028, 1, 10)), name).state == "done"


def test_a_post_on_the_way_is_stayed_in() -> None:
    made = saved(NURSE, Goal("role", "medical-office-manager", "PA"))
    post = "  - {role: medical-administrative-assistant, title: MAA, setting: physician-practice, start: 2027-02-01}\n"
    profile = NURSE.replace("experience:\n", f"experience:\n{post}").replace(
        "    start: 2018-06\n", "    start: 2018-06\n    end: 2027-01-31\n"
    )
    found = followed(made, profile)
    step = step_of(found, "post:medical-administrative-assistant")
    assert step.state == "under_way"
    assert step_of(found, "search:medical-administrative-assistant").state == "done"
    assert "has you stay there until Apr 2029" in text_of(found)


def test_an_application_that_was_sent_is_on_its_way() -> None:
    made = saved(NURSE, Goal("license", "nha-pa", "PA"))
    sent = NURSE.replace("applications: []", "applications: [{for: nha-pa, submitted: 2027-05-20}]")
    step = step_of(followed(made, sent), "get:nha-pa")
    assert step.state == "under_way"
    assert step.under_way is not None
    assert step.under_way.says == ("submitted 2027-05",)


def test_what_can_be_renewed_still_is_not_late() -> None:
    found = followed(saved(NURSE, Goal("role", "clinical-nurse-manager", "PA")), NURSE)
    step = next(one for one in found.steps if one.kind == "renew")
    assert (step.state, step.end[:7]) == ("due", "2028-04")


def test_what_a_reached_goal_leaves_running_is_not_under_way() -> None:
    made = saved(ASSISTANT, Goal("license", "nha-oh", "OH"))
    profile = ASSISTANT.replace("credentials: []", "credentials: [{id: nha, state: OH, issued: 2027-06-01}]")
    entry = "training: [{kind: administrator-in-training, start: 2027-04-01, registered: true}]"
    found = followed(made, f"{profile}\n{entry}\n")
    assert found.plan.status == "done"
    assert step_of(found, AIT).state == "moot"


def test_the_words_of_what_is_late_due_and_open() -> None:
    found = followed(saved(NURSE, Goal("license", "nha-pa", "PA")), NURSE, dt.date(2027, 9, 10))
    text = text_of(found)
    assert "10 months later than planned: the third quarter of 2028, if the answers to the questions are yes." in text
    assert "If it is done, write it into your profile, under `exams`:\n- {id: nab-core, passed: YYYY-MM-DD}" in text
    assert "The new days count it from its beginning: how far you are is in no profile." in text
    assert "Write the answer into your profile: statements.good-moral-character (true or false)." in text
    assert "The steps that are left are the same; their new days stand above." in text


def test_the_words_of_changed_rules() -> None:
    made = saved(NURSE, Goal("license", "nha-pa", "PA"))
    age = made.rules["nha-pa.age"]
    older = {"nha-pa.age": age.model_copy(update={"text": "18 years"}), "nha-pa.old": age}
    without = {name: rule for name, rule in made.rules.items() if name != "nha-pa.good-moral-character"}
    lines = text_of(followed(made.model_copy(update={"rules": without | older}), NURSE)).split("\n")
    place = next(number for number, text in enumerate(lines) if text.startswith("now: 21 years of age"))
    assert lines[place].endswith("(nha-pa.age)")
    assert lines[place + 1] == "was: 18 years"
    assert any(text.startswith("no longer there: 21 years of age") for text in lines)
    assert any(text.startswith("new: good moral character") for text in lines)
    assert "or we may have read more of it" in "".join(lines)


def test_what_is_to_be_written_is_understood_once_it_is() -> None:
    cases = [
        (ASSISTANT, Goal("license", "nha-oh", "OH"), dt.date(2028, 12, 1)),
        (NURSE, Goal("role", "clinical-nurse-manager", "PA"), dt.date(2031, 6, 1)),
        (NURSE, Goal("role", "medical-office-manager", "PA"), dt.date(2027, 6, 10)),
        (ASSISTANT, Goal("certification", "fache", "OH"), dt.date(2026, 12, 15)),
    ]
    seen = set()
    for profile, goal, day in cases:
        made = saved(profile, goal)
        for step in followed(made, profile, day).steps:
            section, _, entry = (step.write or "").partition(": ")
            if step.state not in ("late", "due") or not entry or step.kind == "renew":
                continue
            seen.add(step.kind)
            known = yaml.safe_load(profile)
            words = re.sub(r"([\w-]+)(\|[\w-]+)+", r"\1", entry)  # one of those that there are
            words = words.replace("YYYY-MM-DD", "2026-12-01").replace("YYYY-MM", "2035-05").replace(": N", ": 500")
            known[section] = [*known.get(section, []), yaml.safe_load(words)]
            found = step_of(followed(made, yaml.safe_dump(known), day), step.id)
            assert found.state in ("done", "under_way"), (step.id, words, found.state)
    assert seen >= {"training", "degree", "course", "exam", "post", "membership", "apply"}


def test_a_saved_plan_with_a_day_that_is_none_is_refused() -> None:
    saved = planned("medical-assistant", "department-manager").model_dump(mode="json", warnings=False)
    assert Plan.model_validate(saved).as_of == "2026-11-23"
    for broken in (
        {"as_of": "soon"},
        {"finish": "2031"},
        {"actions": [{**saved["actions"][0], "start": "2026-13-01"}]},
        {"receipt": {**saved["receipt"], "wishes": {**saved["receipt"]["wishes"], "study_hours": -4}}},
    ):
        with pytest.raises(ValidationError):
            Plan.model_validate(saved | broken)
