"""What is asked before money or years are spent: usual schooling, credits held, what was not read, several noes."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from hsm_planner.engine.assess import Goal
from hsm_planner.knowledge.yamlfile import parse
from hsm_planner.planner.blocked import _Blocked
from hsm_planner.planner.dated import shifted
from hsm_planner.planner.meaning import Reading, ended
from hsm_planner.planner.model import Activity, All, Choice, Cost, Done, Mode, Problem, Schedule
from hsm_planner.planner.model import Any as AnyOf
from hsm_planner.planner.otherwise import Otherwise
from hsm_planner.planner.person import Planner
from hsm_planner.planner.result import UNREAD, Plan
from hsm_planner.planner.together import plans
from hsm_planner.planner.wishes import Wishes
from hsm_planner.profile.read import read_profile
from hsm_planner.report.moments import day_text
from hsm_planner.report.plan import plan_lines
from hsm_planner.report.terminal import plain_text
from hsm_planner.values.record import replace
from tests.planner.test_plan import NURSE
from tests.support import AS_OF, ROOT, knowledge, person, planned

ASSOCIATE = {**NURSE, "education": [{"degree": "ADN", "awarded": "2008-05"}]}


def asked(found: Plan, about: str) -> Any:
    return next((one for one in found.ask_first if one.about == about), None)


def test_a_degree_that_is_only_usual_is_asked_about_before_it_is_begun() -> None:
    found = planned(ASSOCIATE, "clinical-nurse-manager", alternatives=1)
    usual = asked(found, "usual")
    assert usual.leaves == ("clinical-nurse-manager.typical-degree",)
    assert "two employers near you" in usual.text
    assert any("Magnet" in note for note in usual.notes)
    (less,) = usual.plans
    study = next(one for one in found.actions if one.kind == "degree")
    assert found.months is not None
    assert less.months == found.months - study.months
    assert "degree" not in {one.id.partition(":")[0] for one in less.actions}
    lines = plain_text(plan_lines(found), None).splitlines()
    first = lines.index("First, and free")
    assert "Before you begin a degree" in lines[first + 1]
    assert lines.index("Then") > first


def test_a_degree_that_only_a_post_on_the_way_usually_asks_is_asked_about_too() -> None:
    """The certification takes other ways than a degree: the bachelor's is what patient access managers usually have."""
    path = ROOT / "examples" / "patient-services-representative.yaml"
    example = parse(path.read_text(encoding="utf-8"), path.name).data
    someone = {**example, "statements": {"cham-leadership": False}}
    found = planned(someone, "cham", objective="cheapest", alternatives=1)
    usual = asked(found, "usual")
    assert usual.leaves == ("patient-access-manager.typical-degree",)
    assert "the last patient access manager they hired" in usual.text
    assert usual.plans


def test_references_and_memberships_of_later_years_can_wait() -> None:
    found = planned("patient-services-representative", "cham", objective="cheapest")
    text = plain_text(plan_lines(found), None)
    (asked_for,) = (one for one in found.actions if one.kind == "references")
    assert asked_for.latest_start[:4] > asked_for.start[:4]
    assert f"(it can begin as late as {day_text(asked_for.latest_start)})" in text


def test_an_issuer_who_may_count_a_lesser_post_is_asked_first_and_both_dates_are_told() -> None:
    found = planned("patient-services-representative", "cham", alternatives=1)
    first = found.actions[0]
    assert first.id == "confirm:cham.leadership.accepted"
    assert first.text.startswith("ask National Association of Healthcare Access Management (www.naham.org)")
    assert first.no is not None
    assert found.months is not None
    assert first.no.months > found.months + 24
    text = plain_text(plan_lines(found), None)
    assert "if the answer to 1 is no, it is up to 51 months later" in text


@pytest.mark.parametrize(("target", "within"), [("cmpe", "three years"), ("facmpe", "two years")])
def test_how_long_an_application_stays_open_is_told_with_it_and_not_asked(target: str, within: str) -> None:
    found = planned("hr-specialist", target)
    (apply,) = (one for one in found.actions if one.id == f"get:{target}")
    assert f"Everything has to be complete within {within} of buying it." in (apply.note or "")
    assert not [one for one in found.actions if one.kind == "confirm" and "complete within" in one.text]


@pytest.mark.parametrize("target", ["rhia", "rhit"])
def test_an_exam_that_students_may_sit_early_says_so_in_its_step(target: str) -> None:
    (sit,) = (one for one in planned("restaurant-manager", target).actions if one.kind == "exam")
    assert "students in the last term of a CAHIIM-accredited programme may sit it early." in (sit.note or "")


def test_each_lower_level_is_a_plan_of_its_own() -> None:
    found = planned("patient-services-representative", "patient-access-manager", "GA", alternatives=1)
    associate, none = asked(found, "usual").plans
    assert {one.id for one in associate.actions if one.id.startswith("degree")} == {
        "degree:associate-health-administration"
    }
    assert not [one for one in none.actions if one.id.startswith("degree")]
    assert found.months is not None
    assert found.months > associate.months > none.months


@pytest.mark.parametrize("target", ["nha-oh", "charge-nurse"])
def test_what_the_law_asks_is_not_called_usual(target: str) -> None:
    """A licence asks by law; the nursing degree of a charge nurse stands behind the licence that the law asks."""
    found = planned("patient-services-representative", target, "OH", alternatives=1)
    assert any(one.kind == "degree" for one in found.actions)
    assert asked(found, "usual") is None


def test_a_degree_that_is_there_is_not_asked_about() -> None:
    assert not planned(NURSE, "clinical-nurse-manager", alternatives=1).ask_first


def test_a_bridge_is_priced_by_its_credits_unless_that_is_not_assumed() -> None:
    """30 to 45 of 120 credits of a degree of four years at $11,950."""
    study = next(one for one in planned(ASSOCIATE, "clinical-nurse-manager").actions if one.kind == "degree")
    assert study.cost_usd is not None
    assert (study.cost_usd.low, study.cost_usd.high) == (11_950, 17_925)
    assert "National average" in (study.note or "")
    without = planned(ASSOCIATE, "clinical-nurse-manager", assume={"bridge-price-by-credits": 0})
    assert next(one for one in without.actions if one.kind == "degree").cost_usd is None
    assert "bridge-price-by-credits" in {one.id for one in without.assumptions}


def test_of_equal_degrees_the_one_that_a_strong_candidate_has_is_taken_and_the_others_are_named() -> None:
    found = planned("records-specialist", "health-information-manager", "TX")
    study = next(one for one in found.actions if one.kind == "degree")
    assert study.target == "bachelor-him"
    assert any("health administration" in name for name in study.alike)


def test_of_equal_degrees_the_one_that_another_target_asks_is_taken() -> None:
    goals = [Goal("role", "health-information-manager", "OH"), Goal("certification", "rhia", "OH")]
    someone = person({"state": "OH", "education": [{"degree": "high school diploma", "awarded": "2015"}]})
    together = plans(someone, knowledge(), goals, AS_OF, Wishes())
    assert "degree:bachelor-him" in {one.id for one in together.shared}


def test_posts_that_would_do_as_well_are_named() -> None:
    found = planned("restaurant-manager", "medical-office-manager", "AZ")
    step = next(one for one in found.actions if one.kind == "post")
    assert step.alike == ("Medical biller / patient accounts representative",)
    assert "Enough as well" in plain_text(plan_lines(found), None)


def test_ways_that_were_not_read_stand_beside_the_best() -> None:
    found = planned("charge-nurse", "nha-pa")
    unread = {name: text for name, text in found.left_out.items() if name.startswith(UNREAD)}
    assert any("39.5(b)(2)" in text for text in unread.values())
    assert any("assistant administrator" in text for text in unread.values())
    assert all("Ask the Pennsylvania" in text for text in unread.values())
    assert "a way that was not read may be" in plain_text(plan_lines(found), None)


def test_what_is_applied_and_paid_for_has_a_price_that_is_not_known() -> None:
    found = planned("restaurant-manager", "nha-az", "AZ")
    card = next(one for one in found.actions if "fingerprint" in one.text)
    assert (card.kind, card.cost_usd) == ("confirm", None)
    assert found.cost_usd is not None
    assert card.id in found.cost_usd.unpriced
    assert "applied and paid for" in (card.note or "")


def test_the_cheapest_says_that_a_way_with_unknown_prices_may_be_cheaper() -> None:
    text = plain_text(plan_lines(planned("restaurant-manager", "nha-az", "AZ", objective="cheapest")), None)
    assert "a way with more of them may be cheaper" in text
    priced = plain_text(
        plan_lines(planned("patient-services-representative", "patient-access-manager", "GA", objective="cheapest")),
        None,
    )
    assert "may be cheaper" not in priced


def _free(name: str, months: int, needs: Any = None) -> Activity:
    mode = Mode("m", months, {}, {}, Cost())
    return Activity(name, (mode,)) if needs is None else Activity(name, (mode,), needs)


def test_several_noes_at_once_may_be_later_than_each() -> None:
    ways = AnyOf((Done("quick"), Done("slow"), Done("slower")))
    problem = Problem(
        50,
        (_free("a", 0), _free("b", 0), _free("quick", 1, Done("a")), _free("slow", 5, Done("b")), _free("slower", 9)),
        ways,
        {},
        {},
    )
    schedule = Schedule((Choice("a", "m", 0), Choice("quick", "m", 0)), 1)
    assert not list(Reading(problem, schedule).problems())
    otherwise = Otherwise(problem, schedule, "fastest", 1000, {"a": {"a"}, "b": {"b"}})
    finishes = [
        one.schedule.finish
        for one in (otherwise.without("a"), otherwise.without("b"), otherwise.without("a", "b"))
        if one.schedule
    ]
    assert finishes == [5, 1, 9]


def test_leave_to_begin_is_asked_for_when_it_is_near() -> None:
    activities = (_free("school", 12), _free("leave", 2), _free("training", 6, All((Done("school"), Done("leave")))))
    problem = Problem(40, activities, Done("training"), {}, {})
    found = Schedule((Choice("school", "m", 0), Choice("leave", "m", 10), Choice("training", "m", 12)), 18)

    def begin(late: set[str]) -> int:
        choices = {one.activity: one.start for one in shifted(problem, found, late).choices}
        assert (choices["school"], choices["training"]) == (0, 12)
        return choices["leave"]

    assert (begin(set()), begin({"leave"})) == (0, 10)


def test_where_no_post_that_was_tried_gives_what_is_asked_it_is_named() -> None:
    """Here with the one post that gives it taken away."""
    text = (ROOT / "examples" / "health-administration-graduate.yaml").read_text(encoding="utf-8")
    goal = Goal("certification", "fache", "NC")
    planner = Planner(read_profile(text, "graduate")[0], knowledge(), goal, AS_OF, Wishes())
    routes = planner.routes(planner.limits)
    rest = tuple(one for one in routes.problem.activities if one.id != "post:coo")
    found = _Blocked(planner, 0)._no_post(replace(routes, problem=replace(routes.problem, activities=rest)))
    assert found.status == "unknown"
    assert found.reason is not None
    assert found.reason.leaves == ("fache.position",)
    assert "a post now in executive health care management" in found.reason.text


def test_what_was_not_considered_has_nothing_that_does_not_matter() -> None:
    """No degree is in the way of the HR specialist, what the plan asks is not left out, no licence of another state."""
    hr = planned("hr-specialist", "director-of-hr", "IL")
    assert not [name for name in hr.left_out if name.startswith(("degree:", UNREAD))]
    ohio = planned("health-administration-graduate", "nha-oh", "OH")
    assert not [name for name in ohio.left_out if name.startswith(UNREAD)]


def test_where_nothing_is_given_nothing_is_applied_for() -> None:
    last = planned("charge-nurse", "al-pa-pch").actions[-1]
    assert (last.id, last.months, last.start) == ("get:al-pa-pch", 0, last.end)
    assert last.cost_usd is not None
    assert (last.cost_usd.low, last.cost_usd.high) == (0, 0)
    assert "No licence is given" in (last.note or "")
    licence = planned("charge-nurse", "nha-pa").actions[-1]
    assert licence.text.startswith("apply for and receive")


def test_accreditation_is_spoken_of_where_a_rule_asks_it() -> None:
    fellow = planned("records-specialist", "rhia", "TX")
    manager = planned("records-specialist", "health-information-manager", "TX")
    notes = [next(one.note or "" for one in found.actions if one.kind == "degree") for found in (fellow, manager)]
    assert ["accredited by CAHIIM" in note for note in notes] == [True, False]


def test_what_the_profile_does_not_say_is_asked_about_where_the_plan_has_it() -> None:
    """An assistant administrator says nothing of training, courses and exams; a nurse says that there are none."""
    found = planned("assistant-administrator", "nha-oh", alternatives=1)
    text = asked(found, "unsaid").text
    assert [word in text for word in ("`training`", "`courses`", "`exams`", "`education`")] == [True, True, True, False]
    assert asked(planned("charge-nurse", "nha-pa", alternatives=1), "unsaid") is None


def test_answers_in_a_row_are_told_by_the_first_and_the_last() -> None:
    nurse = yaml.safe_load((ROOT / "examples" / "charge-nurse.yaml").read_text(encoding="utf-8"))
    nurse["credentials"] = [{"id": "rn", "state": "PA", "issued": "2010-06", "multistate": True}]
    found = planned(nurse, "nha-tx", "TX", alternatives=1)
    assert "if the answer to one of 2 to 4 is no" in plain_text(plan_lines(found), None)


def test_a_licence_of_one_state_only_has_endorsement_as_its_way_on() -> None:
    text = plain_text(plan_lines(planned("charge-nurse", "nha-tx", "TX", alternatives=1)), None)
    assert "Is this a multistate (compact) licence" in text
    assert "what more the state asks of holders of another state's licence" in text
    assert "if the answer to 2, 4 or 5 is no" in text  # the third, on the licence, costs less time


def test_prices_a_year_are_told_as_such() -> None:
    study = next(one for one in planned("patient-services-representative", "patient-access-manager", "GA").actions)
    assert "$11,950 a year, 4 years for the whole degree" in (study.note or "")
    assert "private nonprofit $45,000 a year" in (study.note or "")


def test_the_cheapest_names_what_costs_less_by_the_known_prices() -> None:
    found = planned("restaurant-manager", "nha-az", "AZ", objective="cheapest", alternatives=1)
    text = plain_text(plan_lines(found), None)
    assert "By the prices that are known another way costs less: $1,162 to $1,545" in text
    assert "another way costs less" not in plain_text(
        plan_lines(planned("charge-nurse", "nha-pa", "PA", objective="cheapest", alternatives=1)), None
    )


def test_what_the_law_asks_alone_is_not_called_usual_at_the_top() -> None:
    law = planned("assistant-administrator", "nursing-home-administrator", "OH")
    usual = planned("charge-nurse", "clinical-nurse-manager", "PA")
    assert [found.goal.usual for found in (law, usual)] == [False, True]
    assert ["some hire with less" in plain_text(plan_lines(found), None) for found in (law, usual)] == [False, True]


def test_notes_of_a_rule_stand_beside_its_steps() -> None:
    found = planned("health-administration-graduate", "nha-nc", "NC")
    notes = [one.note or "" for one in found.actions if one.kind == "exam"]
    assert any("within 30 days" in note for note in notes)


def test_a_plan_that_is_not_proven_ends_where_its_goal_is_reached() -> None:
    """The search schedules it late; brought forward, it ends sooner."""
    problem = Problem(50, (_free("a", 3), _free("b", 4, Done("a"))), Done("b"), {}, {})
    late = Schedule((Choice("a", "m", 20), Choice("b", "m", 30)), 40)
    assert ended(problem, shifted(problem, late)).finish == 7


def test_who_holds_no_post_leaves_none_for_more_hours() -> None:
    school = {"state": "NC", "education": [{"degree": "high school diploma", "awarded": "2020"}], "experience": []}
    (whole,) = (one for one in planned(school, "rhia", alternatives=1).relaxations if one.limit == "work")
    assert whole.text.startswith("40 hours of study a week, as long as no post takes them")
    clerk = planned("patient-services-representative", "patient-access-manager", "GA", alternatives=1)
    assert any(one.text.startswith("Leaving work for a degree") for one in clerk.relaxations)


def test_the_best_but_for_what_was_not_read_says_what_may_be_better_all_the_same() -> None:
    found = planned("patient-services-representative", "patient-access-supervisor", "GA", objective="cheapest")
    assert found.but_for_answers
    beside = found.model_copy(update={"unpriced_ways": True, "left_out": {f"{UNREAD}x": "Another way."}})
    text = " ".join(plain_text(plan_lines(beside), None).split())
    assert "a way that was not read may be" in text
    assert "a way with more of them may be cheaper" in text
    bare = found.model_copy(update={"unpriced_ways": False, "left_out": {}})
    assert "may be cheaper" not in plain_text(plan_lines(bare), None)
