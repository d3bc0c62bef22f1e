"""What stands beside a plan: other ways, trades of hours and money, what would make it sooner, what a no comes to."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hsm_planner.cli.exits import Exit
from hsm_planner.cli.main import execute
from hsm_planner.engine.assess import Goal
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.planner.actions import Action
from hsm_planner.planner.plan import asked_together, plan
from hsm_planner.planner.result import OtherPlan, Plan
from hsm_planner.planner.wishes import Wishes
from hsm_planner.profile.read import read_profile
from hsm_planner.values.record import replace

ROOT = Path(__file__).parents[2]
AS_OF = dt.date(2026, 11, 23)
PEOPLE = [
    ("charge-nurse", "license", "nha-pa", "PA"),
    ("medical-assistant", "license", "nha-oh", "OH"),
    ("restaurant-manager", "license", "nha-wi", "WI"),
    ("assistant-administrator", "license", "nha-tx", "TX"),
]


@cache
def knowledge() -> Knowledge:
    return Knowledge.load(ROOT / "data")


@cache
def planned(name: str, kind: Any, target: str, state: str, wishes: Wishes) -> Plan:
    person, _ = read_profile((ROOT / "examples" / f"{name}.yaml").read_text(encoding="utf-8"), name)
    return plan(person, knowledge(), Goal(kind, target, state), AS_OF, wishes)


def weighed(person: tuple[str, str, str, str]) -> Plan:
    return planned(*person, WEIGHED)


class _Hashed(Wishes):
    """Wishes by identity, for the cache."""

    def __hash__(self) -> int:
        return hash(
            (self.objective, self.study_hours, self.stop_working, self.without, self.alternatives, self.elsewhere)
        )


WEIGHED = _Hashed(alternatives=2)


def cost(one: Plan | OtherPlan) -> tuple[int, int, int]:
    assert one.cost_usd is not None
    return len(one.cost_usd.unpriced), one.cost_usd.known_low, one.cost_usd.known_high


def key(one: Plan | OtherPlan) -> tuple[int, int, int, int]:
    assert one.months is not None
    return one.months, *cost(one)


@pytest.mark.parametrize("person", PEOPLE)
def test_the_plan_itself_is_the_same(person: tuple[str, str, str, str]) -> None:
    alone, whole = planned(*person, _Hashed()), weighed(person)
    assert [(one.id, one.start, one.end, one.if_no) for one in alone.actions] == [
        (one.id, one.start, one.end, one.if_no) for one in whole.actions
    ]
    assert (alone.alternatives, alone.frontier, alone.relaxations) == ((), (), ())
    assert all(one.no is None for one in alone.actions)


@pytest.mark.parametrize("person", PEOPLE)
def test_other_ways_are_no_better_and_leave_something_out(person: tuple[str, str, str, str]) -> None:
    whole = weighed(person)
    assert len(whole.alternatives) <= 2
    better: Plan | OtherPlan = whole
    for other in whole.alternatives:
        assert other.leaves_out
        assert {one.id for one in whole.actions} & set(other.leaves_out)
        assert not set(other.leaves_out) & {one.id for one in other.actions}
        assert key(better) <= key(other) or not other.proven
        better = other


@pytest.mark.parametrize("person", PEOPLE)
def test_an_other_way_is_the_plan_without_what_it_leaves_out(person: tuple[str, str, str, str]) -> None:
    whole = weighed(person)
    for other in whole.alternatives:
        posts = {name.split(":")[1] for name in other.leaves_out if name.startswith("post:")}
        if len(posts) > len(whole.alternatives) or any(name.startswith("confirm:") for name in other.leaves_out):
            assert len([one for one in other.actions if one.id.startswith("post:")]) <= 1  # the way by schooling alone
            continue
        alone = planned(*person, _Hashed(without=frozenset(other.leaves_out)))
        if other.proven and alone.status == "optimal":
            assert key(alone) == key(other)


@pytest.mark.parametrize("person", PEOPLE)
def test_what_more_hours_give_is_what_a_plan_with_more_hours_says(person: tuple[str, str, str, str]) -> None:
    whole = weighed(person)
    hours = whole.receipt.limits["study_hours_per_week"]
    assert isinstance(hours, int | float)
    for one in whole.relaxations:
        name, _, more = one.limit.partition("+")
        if name == "study-hours" and one.proven:
            again = planned(*person, _Hashed(study_hours=int(hours) + int(more)))
            assert (again.months, cost(again)) == (one.months, cost(one))
        assert abs(one.months - (whole.months or 0)) >= 3
    for point in whole.frontier:
        if point.proven and cost(point) == cost(whole):
            again = planned(*person, _Hashed(study_hours=point.study_hours_per_week))
            assert again.months == point.months


@pytest.mark.parametrize("person", PEOPLE)
def test_no_trade_beats_another_of_the_same_hours(person: tuple[str, str, str, str]) -> None:
    points = weighed(person).frontier
    assert points
    for one in points:
        for other in points:
            if one is not other and one.study_hours_per_week == other.study_hours_per_week:
                assert not (one.months <= other.months and cost(one) <= cost(other))


def test_a_no_that_changes_the_way_tells_its_steps_and_dates() -> None:
    whole = weighed(PEOPLE[0])
    forks = [one for one in whole.actions if one.no and one.no.months != whole.months]
    assert forks
    for action in forks:
        assert action.no is not None
        assert action.id not in {one.id for one in action.no.actions}
        assert any(one.new for one in action.no.actions)
        assert max(one.end for one in action.no.actions) <= action.no.finish
        assert str(action.no.months - (whole.months or 0)) in (action.if_no or "")


def test_work_left_for_a_degree_gives_no_experience_meanwhile() -> None:
    """Two years in the post are asked and had only by going on; a degree in its place puts them off."""
    person, _ = read_profile(
        """
schema_version: 1
state: OH
education: [{degree: high school diploma, awarded: 2015-06}]
experience: [{title: Medical Assistant, setting: physician-practice, start: 2026-06, hours_per_week: 40}]
constraints: {study_hours_per_week: 10, study_hours_if_not_working: 40}
""",
        "x",
    )
    goal = Goal("license", "nha-oh", "OH")
    beside, free = [plan(person, knowledge(), goal, AS_OF, Wishes(stop_working=stop)) for stop in (False, True)]
    assert beside.months is not None
    assert free.months is not None
    assert free.months < beside.months
    degrees = [one for one in free.actions if one.kind == "degree"]
    assert degrees
    assert all(10 < one.hours_per_week <= 40 for one in degrees)
    for other in free.actions:
        if other.kind != "degree" and other.hours_per_week:
            assert other.hours_per_week <= 10


def test_leaving_work_is_offered_only_where_it_is_sooner_than_more_hours_and_with_its_months_without_pay() -> None:
    found = planned("charge-nurse", "role", "ambulatory-clinic-manager", "PA", WEIGHED)
    hours = [one.months for one in found.relaxations if one.limit.startswith("study-hours")]
    for one in found.relaxations:
        if one.limit == "work":
            assert one.months < min(hours, default=10**6)
            assert "without the pay of a post" in one.text


def test_without_a_post_the_hours_that_vary_are_those_without_it() -> None:
    wishes = _Hashed(stop_working=True, alternatives=1)
    found = planned("charge-nurse", "role", "ambulatory-clinic-manager", "PA", wishes)
    rows = [(one.study_hours_per_week, one.months, cost(one)) for one in found.frontier]
    assert len(rows) == len(set(rows))
    assert any(one[0] == 40 for one in rows)


def test_where_the_search_stops_each_limit_that_was_set_is_lifted() -> None:
    person, _ = read_profile((ROOT / "examples" / "charge-nurse.yaml").read_text(encoding="utf-8"), "x")
    goal = Goal("license", "nha-pa", "PA")
    found = plan(person, knowledge(), goal, AS_OF, Wishes(by=dt.date(2027, 6, 30)))
    assert found.status in ("unknown", "impossible")
    (lifted,) = [one for one in found.relaxations if one.limit == "by"]
    free = plan(person, knowledge(), goal, AS_OF, Wishes())
    assert free.months is not None
    assert lifted.months >= free.months


def test_no_more_hours_are_named_than_are_needed() -> None:
    """One hour fewer does not come to the same."""
    nurse = planned(*PEOPLE[0], WEIGHED)
    (more,) = (one for one in nurse.relaxations if one.limit.startswith("study-hours+"))
    hours = int(more.limit.partition("+")[2])
    own = int(nurse.receipt.limits["study_hours_per_week"] or 0)
    assert 1 < hours < 4
    assert planned(*PEOPLE[0], _Hashed(study_hours=own + hours)).months == more.months
    fewer = planned(*PEOPLE[0], _Hashed(study_hours=own + hours - 1)).months
    assert fewer is not None
    assert fewer > more.months


def test_a_no_to_a_statement_is_a_no_wherever_it_is_asked() -> None:
    """Two ways that rest on one statement both fall with it."""
    actions = {
        name: Action(name, "confirm", None, "", (), (), statement=statement)
        for name, statement in (("confirm:a.one", "said"), ("confirm:b.two", "said"), ("confirm:c", "c"), ("x", "said"))
    }
    actions["x"] = replace(actions["x"], kind="exam")
    found = asked_together(actions, ["confirm:a.one", "confirm:c", "x"], {"said"})
    assert found == {"confirm:a.one": {"confirm:a.one", "confirm:b.two"}, "confirm:c": {"confirm:c"}}


def test_the_plan_in_another_state_is_that_of_its_own_rule() -> None:
    nurse = PEOPLE[0]
    here = planned(*nurse, _Hashed(alternatives=2, elsewhere=("TX",)))
    (there,) = here.elsewhere
    alone = planned("charge-nurse", "license", "nha-tx", "TX", Wishes())
    assert there.plan is not None
    assert (there.state, there.status) == ("TX", alone.status)
    assert key(there.plan) == key(alone)
    assert {one.id for one in there.plan.actions} == {one.id for one in alone.actions}
    assert there.text.startswith("In Texas instead of Pennsylvania: ")
    assert here.months == weighed(nurse).months  # the plan itself stays


def test_a_role_in_another_state_asks_that_states_licence() -> None:
    here = planned(
        "charge-nurse", "role", "nursing-home-administrator", "PA", _Hashed(alternatives=1, elsewhere=("OH",))
    )
    assert here.elsewhere[0].plan is not None
    assert "get:nha-oh" in {one.id for one in here.elsewhere[0].plan.actions}
    assert "get:nha-oh" not in {one.id for one in here.actions}


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--or-in", "ZZ"], Exit.FAILED, "there is no state 'ZZ'"),
        (["--or-in", "TX", "--alternatives", "0"], Exit.USAGE, "--alternatives 0"),
        (["--target", "al-pa-pch", "--or-in", "TX"], Exit.FAILED, "for Texas yet"),
    ],
)
def test_a_state_that_cannot_be_planned_in_is_refused(
    options: list[str], code: Exit, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = str(ROOT / "examples" / "charge-nurse.yaml")
    target = [] if "--target" in options else ["--target", "nha-pa"]
    assert execute(["plan", profile, *target, *options]) == code
    assert said in capsys.readouterr().err


def test_a_way_that_no_answer_opens_stands_beside_one_that_rests_on_an_answer() -> None:
    """A nurse by her posts, where the Board accepts them; by a bachelor's and a training, where it does not."""
    path = ROOT / "examples" / "charge-nurse.yaml"
    person, _ = read_profile(path.read_text(encoding="utf-8"), path.name)
    whole = plan(person, knowledge(), Goal("license", "nha-pa", "PA"), AS_OF, Wishes(alternatives=2))
    asked = {one.id for one in whole.actions if one.no is not None}
    assert "confirm:nha-pa.supervisor-related.facility" in asked
    first = whole.alternatives[0]
    assert not asked & {one.id for one in first.actions}
    assert {"degree:bsn:rn-to-bsn", "training:nha-pa.route-bachelor.internship"} <= {one.id for one in first.actions}
    assert "RN-to-BSN" in first.text


def test_one_degree_over_a_bridge_and_without_is_no_other_way() -> None:
    for person in PEOPLE:
        whole = weighed(person)
        every: list[Plan | OtherPlan] = [whole, *whole.alternatives]
        ways = [
            frozenset(
                ":".join(action.id.split(":")[:2])
                for action in one.actions
                if action.id.startswith(("degree:", "training:"))
            )
            for one in every
        ]
        told = [way for way in ways if way]
        assert len(set(told)) == len(told)
