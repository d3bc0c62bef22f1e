"""A degree under way of which no end is written: the plan finishes it, and nobody is sent to buy it again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hsm_planner.engine.assess import Goal, assess
from hsm_planner.planner.dated import shifted, steps_of
from hsm_planner.planner.person import Planner
from hsm_planner.planner.result import Plan
from hsm_planner.planner.verify import Replay
from hsm_planner.planner.wishes import Wishes
from hsm_planner.values.record import replace
from tests.support import AS_OF, knowledge, person, planned

CLERK: dict[str, Any] = {
    "state": "PA",
    "experience": [{"title": "Administrative assistant", "setting": "hospital", "start": "2016-08"}],
    "credentials": [],
}


def studying(degree: str, *others: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**CLERK, "education": [*others, {"degree": degree, **more}]}


BEGUN = studying("BS in Health Administration, in progress")
GRADUATE = {"degree": "BS in Biology", "awarded": "2015-05"}


def degrees(found: Plan) -> list[str]:
    return [one.id for one in found.actions if one.kind == "degree"]


def test_half_of_it_is_left_at_half_the_price() -> None:
    found = planned(BEGUN, "department-manager")
    whole = planned({**CLERK, "education": []}, "department-manager")
    assert degrees(found) == ["finish:education[0]"]
    (anew,) = (one for one in whole.actions if one.kind == "degree")
    (left,) = (one for one in found.actions if one.kind == "degree")
    assert left.months * 2 == anew.months == 104
    assert left.cost_usd is not None
    assert anew.cost_usd is not None
    assert (left.cost_usd.high, anew.cost_usd.high) == (23_900, 47_800)
    assert {one.id: one.value for one in found.assumptions}["left-of-a-degree-begun"] == 50


def test_the_school_is_asked_first_with_the_plan_by_its_answer() -> None:
    found = planned(BEGUN, "department-manager", alternatives=1)
    (asked,) = (one for one in found.ask_first if one.about == "begun")
    assert "BS in Health Administration, in progress" in asked.text
    assert "`expected`" in asked.text
    assert found.months is not None
    sooner, later = asked.plans
    assert (sooner.months, later.months) == (found.months - 26, found.months + 26)
    (usual,) = (one for one in found.ask_first if one.about == "usual")
    assert usual.text.startswith("Before you go on with a degree, ask")


@pytest.mark.parametrize(
    ("education", "degree"),
    [
        (studying("BS in Health Administration", expected="2027-05"), None),
        (studying("BS in Health Administration, dropped out"), "degree:"),
        (studying("AS in Nursing, in progress"), "degree:"),
    ],
)
def test_a_written_end_a_degree_given_up_and_a_lower_one_are_not_finished(
    education: dict[str, Any], degree: str | None
) -> None:
    found = degrees(planned(education, "department-manager"))
    assert not any(one.startswith("finish:") for one in found)
    assert [one.startswith(degree or "") for one in found] == ([] if degree is None else [True])


def test_more_left_is_never_sooner_or_cheaper() -> None:
    found = [planned(BEGUN, "department-manager", assume={"left-of-a-degree-begun": left}) for left in (1, 25, 60, 100)]
    worth = [(one.months or 0, one.cost_usd.known_high) for one in found if one.cost_usd is not None]
    assert worth == sorted(worth)
    assert worth[-1] == (107, 47_800)


def test_what_a_rule_asks_beside_it_is_asked_first() -> None:
    """RHIA asks an accredited programme: who studies health information is asked, not sent to a second bachelor's."""
    found = planned(studying("BS in Health Information Management, in progress"), "rhia")
    assert [one for one in degrees(found) if one.startswith("finish:")] == degrees(found) == ["finish:education[0]"]
    (asked,) = (one.note or "" for one in found.actions if one.kind == "confirm" and "health information" in one.text)
    assert asked.startswith("It turns on this: Was this programme accredited by")
    named = planned(studying("BS in Health Information Management, in progress", accredited_by=["cahiim"]), "rhia")
    assert not [one for one in named.actions if one.kind == "confirm" and "health information" in one.text]


def test_a_master_s_begun_is_finished_beside_the_bachelor_s_held() -> None:
    found = planned(studying("MHA candidate", GRADUATE), "fache")
    assert degrees(found) == ["finish:education[1]"]


@pytest.mark.parametrize("licence", [{"id": "rn", "state": "OH"}, {"id": "rn", "state": "OH", "issued": "2016-06"}])
@pytest.mark.parametrize("studies", [{"degree": "BSN, in progress"}, {"level": "some-college"}])
def test_what_stands_behind_a_licence_stays_behind_it_in_the_plan(
    licence: dict[str, Any], studies: dict[str, Any]
) -> None:
    """On the day of an earlier post the degree to come is not yet there, and is not what the licence was given for."""
    nurse = {
        "state": "OH",
        "education": [studies],
        "experience": [{"title": "Charge nurse", "setting": "hospital", "start": "2018-08", "hours_per_week": 36}],
        "credentials": [licence],
    }
    found = planned(nurse, "clinical-nurse-manager", alternatives=3)
    assert found.status in ("optimal", "feasible")


def test_of_two_under_way_the_lower_one_is_finished_first() -> None:
    both = {**CLERK, "education": [{"degree": "BS in Health Administration, in progress"}, {"degree": "MHA candidate"}]}
    steps = {one.id: one for one in planned(both, "fache").actions}
    assert steps["finish:education[0]"].end < steps["finish:education[1]"].start


def test_another_field_is_no_programme_of_the_data() -> None:
    """Biology stands for a bachelor's, not for one in health administration."""
    biology = studying("BS in Biology, in progress")
    (step,) = (one for one in planned(biology, "department-manager").actions if one.kind == "degree")
    assert (step.id, step.target) == ("finish:education[0]", "bachelor")
    without = frozenset({"bachelor-health-administration"})
    assert degrees(planned(biology, "department-manager", without=without)) == ["finish:education[0]"]
    wanted = degrees(planned(biology, "department-manager", with_=(without,)))
    assert "degree:bachelor-health-administration" in wanted
    assert degrees(planned(biology, "department-manager", with_=(frozenset({"bachelor"}),))) == ["finish:education[0]"]
    left = degrees(planned(biology, "department-manager", without=frozenset({"finish:education[0]"})))
    assert [one.startswith("degree:") for one in left] == [True]


@pytest.mark.parametrize(
    "degree", ["JD, in progress", "degree in progress", "Bachlor of Sciense in Helth Admin, in progress"]
)
def test_what_is_not_understood_of_it_is_asked_and_not_bought_again(degree: str) -> None:
    assert all(one.startswith("finish:") for one in degrees(planned(studying(degree), "department-manager")))


def test_one_degree_that_is_not_understood_is_not_two() -> None:
    nurse = {
        **studying("degree in progress", {"level": "associate", "field": "nursing", "awarded": "2010"}),
        "credentials": [{"id": "rn", "state": "PA"}],
    }
    found = degrees(planned(nurse, "nea-bc"))
    assert sum(one.startswith("finish:") for one in found) <= 1
    assert len(found) >= 2


def test_a_price_is_of_the_level_that_is_studied() -> None:
    found = planned(studying("some college, in progress"), "cmaa")
    assert not [one for one in found.actions if one.kind == "degree" and one.cost_usd is not None and one.cost_usd.high]


def test_the_replay_refuses_to_finish_what_was_not_begun() -> None:
    planner = Planner(
        person(BEGUN), knowledge(), Goal("role", "department-manager", "PA"), AS_OF, Wishes(objective="fastest")
    )
    found = planner.search(planner.limits)
    assert found.solution.schedule is not None
    steps = list(steps_of(found.routes, shifted(found.routes.problem, found.solution.schedule), planner.origin))
    end = dt.date(2040, 1, 1)

    def problems(own: dict[str, Any]) -> list[str]:
        return list(Replay(knowledge(), own, planner.target, steps, frozenset()).problems(planner.entry, end))

    assert problems(planner.own) == []
    other = {**planner.own, "education": [{"degree": "BS in Health Administration", "awarded": "2010"}]}
    assert any("no such degree is under way" in one for one in problems(other))
    moved = [replace(one, id="finish:education[7]") if one.kind == "degree" else one for one in steps]
    replay = Replay(knowledge(), planner.own, planner.target, moved, frozenset())
    assert any("no such degree is under way" in one for one in replay.problems(planner.entry, end))


def test_assess_names_it_first_and_no_price_of_a_new_one() -> None:
    found = assess(person(BEGUN), knowledge(), Goal("role", "department-manager", "PA"), AS_OF)
    (finding,) = (one for one in found.findings if one.id == "department-manager.typical-degree")
    assert [one.text for one in finding.options] == [
        "finish BS in Health Administration, in progress: write its last month as `expected`, and it is reckoned with"
    ]
    assert finding.options[0].cost_usd.high is None


def test_assess_leads_on_by_the_degree_that_is_begun() -> None:
    """What is left of it is not known, but it is nearer than a master's that is not begun."""
    for state in ("TX", "CA"):
        goal = Goal("license", f"nha-{state.lower()}", state)
        found = assess(person({**BEGUN, "state": state}), knowledge(), goal, AS_OF)
        taken = {one.id for one in found.findings if one.on_path and one.kind == "degree"}
        assert taken == {f"nha-{state.lower()}.bachelor-route.bachelor"}
    found = assess(person(BEGUN), knowledge(), Goal("role", "department-manager", "PA"), AS_OF)
    assert (found.months_left.low, found.months_left.high, found.months_left.unknown) == (0, 48, False)


def test_assess_begins_a_master_s_after_what_is_begun() -> None:
    found = assess(person(BEGUN), knowledge(), Goal("role", "department-manager", "PA"), AS_OF)
    (beside,) = (one for one in found.findings if one.id == "department-manager.preferred-degree")
    masters = [one.text for one in beside.options if "nursing" not in one.text]
    assert masters
    assert all("after this: finish BS in Health Administration, in progress" in one for one in masters)


def test_of_two_degrees_in_one_entry_the_one_asked_is_finished() -> None:
    found = planned(studying("BSN/MSN, in progress"), "fache")
    assert degrees(found) == ["finish:education[0]:0", "finish:education[0]:1"]
    assert any(
        one.text.startswith("the rest of what you have begun: BSN/MSN, in progress (master") for one in found.actions
    )
    assert degrees(planned(studying("BSN/MSN, in progress"), "department-manager")) == ["finish:education[0]:0"]


def test_what_is_only_likely_of_it_is_asked_first() -> None:
    for education in (
        studying("BS in Nursing, in progress", country="PH"),
        studying("BS in Health Administration, in progress?"),
    ):
        found = planned(education, "department-manager")
        assert degrees(found) == ["finish:education[0]"]
        assert [one.id for one in found.actions if one.kind == "confirm"] == [
            "confirm:department-manager.typical-degree"
        ]
    evaluated = studying("BS in Nursing, in progress", country="PH", evaluated=True)
    assert not [one for one in planned(evaluated, "department-manager").actions if one.kind == "confirm"]


def test_fewer_hours_asked_for_without_a_post_are_kept() -> None:
    found = planned(BEGUN, "department-manager", study_hours=5, stop_working=True)
    assert max(one.hours_per_week for one in found.actions) == 5
    assert (found.months or 0) > 100
