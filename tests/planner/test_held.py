"""What is held already, in a plan: a post of the target's, a licence of another state; and ways that were not read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from hsm_planner.engine.assess import Goal, assess
from hsm_planner.engine.renewal import renewal_of, renewal_words
from hsm_planner.knowledge.models import License
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.planner.dated import steps_of
from hsm_planner.planner.follow import follow
from hsm_planner.planner.person import Planner
from hsm_planner.planner.plan import plan
from hsm_planner.planner.verify import Replay, Step
from hsm_planner.planner.wishes import Wishes
from hsm_planner.report.plan import plan_lines
from hsm_planner.report.terminal import plain_text
from hsm_planner.values.dates import add_months
from hsm_planner.values.record import replace
from tests.support import AS_OF, DATA, knowledge, person, planned

MANAGER: dict[str, Any] = {
    "state": "OH",
    "education": [{"degree": "BS", "field": "health administration", "awarded": "2016-05"}],
    "experience": [{"role": "medical-office-manager", "setting": "physician-practice", "supervises": 5}],
    "credentials": [],
}
NURSE: dict[str, Any] = {
    "state": "OH",
    "education": [{"degree": "ADN", "awarded": "2008-05"}],
    "experience": [{"role": "charge-nurse", "setting": "hospital", "start": "2010-01", "supervises": 8}],
    "exams": [{"id": "nclex-rn", "passed": "2008-06"}],
    "credentials": [{"id": "rn", "state": "OH", "issued": "2008-06", "expires": "2040-06"}],
}


def since(start: str | None, profile: dict[str, Any] = MANAGER) -> dict[str, Any]:
    post = {key: value for key, value in profile["experience"][0].items() if key != "start"}
    return {**profile, "experience": [post | ({"start": start} if start else {})]}


def steps(profile: dict[str, Any], target: str, state: str | None = None, **wishes: Any) -> list[str]:
    return [action.id.partition(":")[0] for action in planned(profile, target, state, **wishes).actions]


# -- a post of the target's -------------------------------------------------------------------------------------------


def test_a_post_without_a_start_is_held_and_what_rests_on_its_start_is_asked() -> None:
    assert set(steps(since(None), "medical-office-manager")) == {"confirm"}


def test_a_post_that_begins_later_is_not_held() -> None:
    assert "search" in steps(since("2027-06"), "medical-office-manager")


def test_a_post_that_is_held_ends_a_plan_on_the_last_day_of_a_month() -> None:
    free = planned(NURSE, "charge-nurse", standard="preferred")
    assert free.finish is not None
    last = dt.date.fromisoformat(free.finish)
    assert (last + dt.timedelta(days=1)).day == 1
    assert planned(NURSE, "charge-nurse", standard="preferred", by=last).finish == free.finish


def test_a_post_that_was_left_for_a_degree_has_to_be_found_again() -> None:
    assert "search" not in steps(NURSE, "charge-nurse", standard="preferred")
    assert "search" in steps(NURSE, "charge-nurse", standard="preferred", stop_working=True)


def test_a_post_with_fewer_beds_than_the_target_is_not_it() -> None:
    someone = person({
        "state": "OH",
        "education": [{"degree": "BS", "field": "health administration", "awarded": "2010-05"}],
        "experience": [
            {"role": "nursing-home-administrator", "setting": "nursing-home", "start": "2015-01", "beds": 20}
        ],
        "credentials": [{"id": "nha-oh", "issued": "2014-06", "expires": "2040-01"}],
    })  # fmt: skip
    for beds, status in ((20, "done"), (200, "optimal")):
        goal = Goal("role", "nursing-home-administrator", "OH", beds=beds)
        assert plan(someone, knowledge(), goal, AS_OF, Wishes()).status == status


# -- a licence of another state ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["CA", None])
def test_a_licence_that_serves_anywhere_is_renewed_by_the_rule_of_its_own_state(state: str | None) -> None:
    someone = {
        "born": "1980-01",
        "education": [{"degree": "BS", "field": "health administration", "awarded": "2010-05"}],
        "experience": [
            {"role": "nursing-home-administrator", "setting": "nursing-home", "start": "2015-01", "supervises": 30}
        ],
        "credentials": [{"id": "nha", "state": "OH", "issued": "2014-06", "expires": "2027-01-20"}],
        "exams": [{"id": "nab-core", "passed": "2014-05"}, {"id": "nab-nha", "passed": "2014-05"}],
    } | ({"state": state} if state else {})
    found = planned(someone, "hse", state)
    renewal = next(action for action in found.actions if action.kind == "renew")
    assert renewal.target == "nha-oh"
    assert not [action for action in found.actions if action.kind == "training"]


def test_a_lapsed_licence_does_not_hide_one_that_serves() -> None:
    held = [
        {"id": "rn", "state": "OH", "issued": "2008-06", "expires": "2025-06"},
        {"id": "rn", "state": "KY", "issued": "2025-01", "expires": "2027-01-31", "multistate": True},
    ]
    found = planned({**NURSE, "credentials": held}, "clinical-nurse-manager", standard="preferred")
    renewals = [action for action in found.actions if action.kind == "renew"]
    assert [action.id for action in renewals] == ["renew:rn:KY"]
    assert renewals[0].text == "renew Registered nurse licence, Kentucky"


def test_what_keeps_a_licence_is_told_of_the_state_that_gave_it() -> None:
    held = [{"id": "rn", "state": "NC", "issued": "2008-06", "expires": "2027-06", "multistate": True}]
    found = assess(person({**NURSE, "credentials": held}), knowledge(), Goal("license", "rn", "OH"), AS_OF)
    assert found.target.held
    assert found.target.renewal is not None
    assert (found.target.renewal.hours, found.target.renewal.fee_usd) == (30, 100)  # North Carolina's


def test_a_renewal_is_not_done_because_another_states_licence_ends_later() -> None:
    held = [
        {"id": "rn", "state": "OH", "issued": "2008-06", "expires": "2027-06"},
        {"id": "rn", "state": "KY", "issued": "2008-06", "expires": "2040-06", "multistate": False},
    ]
    someone = person({**NURSE, "credentials": held})
    goal = Goal("role", "charge-nurse", "OH", "preferred")
    saved = plan(someone, knowledge(), goal, AS_OF, Wishes())
    renewal = next(step for step in follow(saved, someone, knowledge(), AS_OF).steps if step.kind == "renew")
    assert renewal.id == "renew:rn:OH"
    assert renewal.state != "done"


# -- degrees and ways that were not read ------------------------------------------------------------------------------


def test_where_no_programme_is_of_the_level_asked_the_next_above_is_offered_and_said() -> None:
    found = planned(
        {**MANAGER, "education": [{"degree": "high school diploma"}], "experience": []}, "medical-assistant"
    )
    degrees = [action.target for action in found.actions if action.kind == "degree"]
    assert degrees
    assert all((one := knowledge().programme(name or "")) and one.level == "associate" for name in degrees)
    assert "it may be shorter and cheaper" in found.left_out["degree:postsecondary-certificate"]


def test_only_as_much_as_has_to_be_rests_on_what_was_not_read(tmp_path: Path) -> None:
    """Two alternatives with a branch that was not read; of one the other branch can be done."""
    (tmp_path / "mine.yaml").write_text(OVERLAY, encoding="utf-8")
    own = Knowledge.load(DATA, [tmp_path])
    someone = person({"state": "OH", "education": [{"degree": "high school diploma"}], "experience": []})
    found = plan(someone, own, Goal("role", "xx-role", "OH"), AS_OF, Wishes())
    asked = [action.id for action in found.actions if action.kind == "confirm"]
    assert "confirm:xx-role.b.un" in asked
    assert "confirm:xx-role.a.un" not in asked


OVERLAY = """
roles:
  - id: xx-role
    like: medical-office-manager
    title: XX role
    aliases: [xx thing]
    confidence: high
    ask: the office
    sources: [xx-src]
    typical:
      id: xx-role.typical
      kind: all_of
      sources: [xx-src]
      of:
        - id: xx-role.a
          kind: any_of
          of:
            - {id: xx-role.a.deg, kind: degree, level: bachelor}
            - {id: xx-role.a.un, kind: unread, about: education, text: some other schooling}
        - id: xx-role.b
          kind: any_of
          of:
            - {id: xx-role.b.exp, kind: experience, of: [medical-practice], at_least: {years: 40}}
            - {id: xx-role.b.un, kind: unread, about: experience, text: some other work}
        - {id: xx-role.l, kind: nothing_asked, about: license, text: none}
sources:
  - {id: xx-src, title: XX, publisher: XX, url: null, as_of: "2026-11", read_on: "2026-11-23"}
"""


# -- what ends, and what its renewal asks ------------------------------------------------------------------------------


def ending(day: str) -> dict[str, Any]:
    return {**NURSE, "credentials": [{"id": "rn", "state": "OH", "issued": "2008-06", "expires": day}]}


def test_what_ends_before_the_plan_begins_is_renewed_by_then_and_what_ended_before_has_lapsed() -> None:
    soon = planned(ending("2026-11-29"), "clinical-nurse-manager", "OH")  # the plan begins on 1 December
    (renewed,) = (action for action in soon.actions if action.id == "renew:rn:OH")
    assert renewed.note is not None
    assert "It ends on 2026-11-29, before this plan begins: renew it before that day" in renewed.note
    assert dt.date(2026, 11, 23) == AS_OF
    on_the_day = planned(ending("2026-11-23"), "clinical-nurse-manager", "OH")
    assert "renew:rn:OH" in {action.id for action in on_the_day.actions}
    late = planned(ending("2026-11-22"), "clinical-nurse-manager", "OH")
    steps = [action.id for action in late.actions]
    assert "reinstate:rn:OH" in steps
    (asked,) = (action for action in late.actions if action.id == "confirm:reinstate:rn:OH")
    assert "whether your lapsed Registered nurse licence, Ohio can be renewed or reinstated without more" in asked.text
    assert steps.index(asked.id) < steps.index("reinstate:rn:OH")


def test_a_usual_cycle_is_not_said_to_be_that_of_a_state() -> None:
    nurse = knowledge().credential("rn")
    assert isinstance(nurse, License)
    assert nurse.in_state("IA") is None
    here, there = renewal_of(nurse, "PA"), renewal_of(nurse, "IA")
    assert here is not None
    assert there is not None
    assert (here.cycle_years, there.cycle_years) == (2, None)
    assert renewal_words(there).startswith("usually every 2 years; what this state asks was not read")
    assert "then every" not in _renewed("IA")
    assert "How often it is renewed was not read" in _renewed("IA")
    assert "then every 2 years" in _renewed("PA")


def _renewed(state: str) -> str:
    """What the plan of a nurse of a state says of renewing."""
    credentials = [{"id": "rn", "state": state, "issued": "2008-06", "expires": "2027-03-31"}]
    found = planned({**NURSE, "state": state, "credentials": credentials}, "clinical-nurse-manager", state)
    return next(action.note or "" for action in found.actions if action.id == f"renew:rn:{state}")


def test_a_common_price_stays_where_a_state_has_no_own_and_a_proof_is_paid_once() -> None:
    nurse = knowledge().credential("rn")
    assert isinstance(nurse, License)
    prices = {state: [fee.id for fee in nurse.fees_in(state) if "fingerprints" in fee.id] for state in ("GA", "NC")}
    assert prices == {"GA": ["rn.fee.fingerprints"], "NC": ["rn.nc.fee.fingerprints"]}
    student = {"state": "NC", "education": [{"degree": "ADN", "awarded": "2026-05"}], "credentials": []}
    found = planned(student, "rn", "NC")
    (check,) = (action for action in found.actions if action.id == "confirm:rn.background-check")
    assert (check.note, check.unknown_prices) == ("Its price is counted with that of the credential.", 0)


def test_what_comes_on_the_way_and_is_renewed_before_the_finish_is_said_to_be_beside_the_cost() -> None:
    by_nursing = planned("patient-services-representative", "nha-ky", "KY", without=frozenset({"bachelor-ltca"}))
    told = plain_text(plan_lines(by_nursing), None)
    assert "Not in the cost: what comes on the way may have to be renewed before the finish" in told
    soon = plain_text(plan_lines(planned("charge-nurse", "nha-pa", "PA")), None)
    assert "Not in the cost" not in soon


def test_what_ended_is_not_renewed_later_because_it_held_when_the_plan_was_made() -> None:
    planner = Planner(
        person(ending("2026-11-29")), knowledge(), Goal("role", "clinical-nurse-manager", "OH"), AS_OF, Wishes()
    )
    found = planner.best()
    assert found.solution.schedule is not None
    steps = list(steps_of(found.routes, found.solution.schedule, planner.origin))
    begins = (AS_OF, planner.origin)

    def lapsed(some: list[Step]) -> list[str]:
        replay = Replay(knowledge(), planner.own, planner.target, some, frozenset(), begins=begins)
        return [what for what in replay.problems(planner.entry, dt.date(2035, 1, 1)) if "it has lapsed" in what]

    assert not lapsed(steps)
    later = [
        replace(
            one,
            lasting=replace(
                one.lasting, first=add_months(one.lasting.first, 24), last=add_months(one.lasting.last, 24)
            ),
        )
        for one in steps
    ]
    assert lapsed(later) == ["renew:rn:OH: it has lapsed on 2028-12-01"]


def test_the_price_of_a_licence_held_elsewhere_is_not_that_of_a_first_one() -> None:
    """By endorsement other fees are due than by examination, and which way is taken is not known."""
    found = planned("charge-nurse", "clinical-nurse-manager", "CA")
    (received,) = (one for one in found.actions if one.id.startswith("get:rn"))
    assert (received.cost_usd, received.unknown_prices) == (None, 1)
    assert "application by endorsement $350 (holders of another state's licence)" in (received.note or "")


def test_a_level_without_a_programme_is_told_where_the_plan_goes_by_the_rule_that_asks_it_and_whose_it_is() -> None:
    school = {"state": "OH", "education": [{"degree": "high school diploma"}], "experience": []}
    on_the_way = planned(school, "him-supervisor", study_hours=30, most_nodes=3000)
    assert "post:medical-records-specialist" in {action.id for action in on_the_way.actions}
    told = on_the_way.left_out["degree:postsecondary-certificate:medical-records-specialist"]
    assert "enough for what is asked of Medical records" in told
    tried = planned(school, "billing-supervisor", study_hours=30, most_nodes=3000)
    assert not [name for name in tried.left_out if name.startswith("degree:postsecondary-certificate")]
