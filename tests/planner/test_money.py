"""The money of a plan: sums, pay given up, pay beside it, and when the cost comes back."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path

import pytest

from hsm_planner.engine.assess import Goal
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.planner.actions import fees_of
from hsm_planner.planner.branches import applied
from hsm_planner.planner.plan import plan
from hsm_planner.planner.result import Plan
from hsm_planner.planner.wishes import Wishes
from hsm_planner.profile.read import read_profile
from hsm_planner.report.plan import plan_lines
from hsm_planner.report.terminal import plain_text

ROOT = Path(__file__).parents[2]
AS_OF = dt.date(2026, 11, 23)
ASSISTANT = """
schema_version: 1
state: OH
education: [{degree: high school diploma, awarded: 2015-06}]
experience: [{title: Medical Assistant, setting: physician-practice, start: 2019-06, hours_per_week: 40%s}]
constraints: {study_hours_per_week: 10, study_hours_if_not_working: 40}
"""


@cache
def knowledge() -> Knowledge:
    return Knowledge.load(ROOT / "data")


@cache
def planned(target: str = "nha-oh", pay: str = "", *, stop: bool = False, kind: str = "license") -> Plan:
    person, _ = read_profile(ASSISTANT % (f", pay_usd_year: {pay}" if pay else ""), "x")
    goal = Goal(kind, target, "OH")  # type: ignore[arg-type]
    return plan(person, knowledge(), goal, AS_OF, Wishes(stop_working=stop, alternatives=1))


@pytest.mark.parametrize(("target", "kind"), [("nha-oh", "license"), ("medical-office-manager", "role")])
def test_the_parts_add_up_to_the_cost(target: str, kind: str) -> None:
    found = planned(target, kind=kind)
    assert found.money is not None
    assert found.cost_usd is not None
    assert sum(one.cost_usd.known_low for one in found.money.parts) == found.cost_usd.known_low
    assert sum(one.cost_usd.known_high for one in found.money.parts) == found.cost_usd.known_high
    named = [name for one in found.money.parts for name in one.cost_usd.unpriced]
    assert sorted(named) == sorted(found.cost_usd.unpriced)


def test_pay_given_up_is_that_of_the_months_without_the_post() -> None:
    found = planned(pay="36000", stop=True)
    assert found.money is not None
    given_up = found.money.given_up
    assert given_up is not None
    assert given_up.usd is not None
    months = {one.kind: one.months for one in found.actions if one.kind in ("degree", "training")}
    assert given_up.months == sum(months.values())
    assert (given_up.usd.low, given_up.usd.high) == (3000 * months["degree"], 3000 * given_up.months)


def test_pay_that_was_not_said_is_not_guessed() -> None:
    found = planned(stop=True)
    assert found.money is not None
    assert found.money.given_up is not None
    assert found.money.given_up.usd is None
    assert found.money.pay_now is None
    assert found.money.pay_back is None
    assert "pay_usd_year" in plain_text(plan_lines(found))


def test_the_cost_comes_back_out_of_the_middle_half_of_the_goals_pay() -> None:
    found = planned(pay="39000")
    assert found.money is not None
    back, cost = found.money.pay_back, found.cost_usd
    goal = next(one for one in found.money.pay if one.when == ("goal",))
    assert goal.national is not None
    assert goal.national.p75 is not None
    assert back is not None
    assert cost is not None
    assert found.money.given_up is not None
    assert found.money.given_up.usd is not None
    total = cost.known_low + found.money.given_up.usd.low
    yearly = goal.national.p75 - 39000
    assert 12 * total / yearly <= back.low < 12 * total / yearly + 1
    least = goal.national.p25 or 0
    assert back.high == -(-12 * (cost.known_high + found.money.given_up.usd.high) // (least - 39000))
    assert "come on top" in back.text


def test_no_pay_back_where_the_pay_is_no_higher() -> None:
    found = planned(pay="300000")
    assert found.money is not None
    assert found.money.pay_back is None


def test_pay_back_is_told_with_its_unit() -> None:
    text = plain_text(plan_lines(planned(pay="39000")))
    assert re.search(r"The known cost comes back in \d+ to \d+ months of higher pay", " ".join(text.split()))
    text = plain_text(plan_lines(planned(pay="120000")))
    assert re.search(r"comes back in \d+ months or more, perhaps never, of higher pay", " ".join(text.split()))


def test_posts_of_one_occupation_are_not_told_apart() -> None:
    person, _ = read_profile(
        """
schema_version: 1
state: OH
education: [{degree: BSN, awarded: 2010-06}]
experience: [{role: clinical-nurse-manager, title: Nurse manager, setting: hospital, start: 2015-06, hours_per_week: 40,
              pay_usd_year: 90000}]
""",
        "x",
    )
    found = plan(person, knowledge(), Goal("role", "practice-administrator", "OH"), AS_OF, Wishes(alternatives=1))
    assert found.money is not None
    rows = [one for one in found.money.pay if one.occupation == "11-9111"]
    assert len(rows) == 1
    assert set(rows[0].when) >= {"now", "goal"}
    assert found.money.pay_back is None
    assert "do not tell the posts apart" in plain_text(plan_lines(found))


def test_a_mean_is_never_told_as_a_median() -> None:
    text = plain_text(plan_lines(planned(pay="39000")))
    assert "a mean of $39,620, not to be set beside a median" in text.replace("\n", " ").replace("  ", " ")
    for line in text.splitlines():
        assert not ("mean of" in line and "middle half" in line)


def test_pay_where_the_post_is_held_comes_before_that_of_everybody() -> None:
    """A nursing home pays its administrator less than hospitals pay; the nurse of today works in a hospital."""
    profile = """
schema_version: 1
state: PA
education: [{degree: BSN, awarded: 2010-06}]
experience: [{role: registered-nurse, setting: hospital, start: 2015-06, hours_per_week: 40}]
credentials: [{id: rn, state: PA, issued: 2010-06}]
"""
    person, _ = read_profile(profile, "x")
    goal = Goal("role", "nursing-home-administrator", "PA")
    found = plan(person, knowledge(), goal, AS_OF, Wishes(alternatives=1))
    assert found.money is not None
    own = {one.when: [(row.area, row.median) for row in one.own_employers] for one in found.money.pay}
    assert own["now",] == [("Hospitals; state, local, and private", 97_260)]
    assert own["goal",] == [("Nursing and residential care facilities", 99_250)]
    text = plain_text(plan_lines(found))
    assert text.index("Where it is held, medians of May 2024: $99,250") < text.index("median $123,860")


def test_an_exam_dated_by_itself_is_priced_by_itself_and_the_pair_is_told() -> None:
    found = {step.target: step for step in planned().actions if step.kind == "exam"}
    costs = [cost and (cost.low, cost.high) for cost in (found[exam].cost_usd for exam in ("nab-core", "nab-nha"))]
    assert costs == [(310, 310), (185, 185)]
    assert "Together with CORE both cost 440 USD." in (found["nab-nha"].note or "")


def test_what_is_said_of_a_price_stands_with_the_step_and_a_price_by_the_months_left_is_a_range() -> None:
    licence = knowledge().license("nha-az")
    assert licence is not None
    cost = fees_of(licence.fees)
    assert (cost.low, cost.high, cost.unpriced) == (150 + 17, 150 + 400, 0)
    assert "licence: 400 USD, or 17 USD for each month left in the two years" in (
        applied(licence, licence.fees, knowledge().vocabulary) or ""
    )


def test_what_is_said_of_several_prices_is_said_once() -> None:
    licence = knowledge().license("nha-oh")
    assert licence is not None
    told = applied(licence, licence.fees, knowledge().vocabulary) or ""
    assert told.endswith("Of the price: application, licence: No amount was found in what was read.")
