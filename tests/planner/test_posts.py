"""Posts and trainings as steps: what lasts until a day, places to train in, which posts are tried."""

from __future__ import annotations

import datetime as dt

import pytest

from hsm_planner.engine.assess import Goal, assess
from hsm_planner.planner.plan import plan
from hsm_planner.planner.wishes import Wishes
from hsm_planner.profile.read import read_profile
from tests.support import AS_OF, ROOT, knowledge, planned

MANAGER = {
    "title": "Practice manager", "role": "medical-office-manager", "setting": "physician-practice",
    "hours_per_week": 40, "supervises": 5, "manages_budget": True,
}  # fmt: skip


def test_a_post_that_ends_on_a_day_to_come_counts_until_then() -> None:
    """Three years as a nurse are full in June 2027: who says until when they stay is there as soon."""
    text = (
        "schema_version: 1\nstate: PA\neducation:\n  - {degree: BSN, awarded: 2024-05}\nexperience:\n"
        "  - {title: Registered nurse, setting: hospital, start: 2024-07-01, END hours_per_week: 36}\n"
        "credentials:\n  - {id: rn, state: PA, issued: 2024-06, expires: 2028-04}\n"
    )
    months = {
        end: plan(
            read_profile(text.replace("END", f"end: {end}," if end else ""), "nurse")[0],
            knowledge(), Goal("role", "clinical-nurse-manager", "PA"), AS_OF, Wishes(),
        ).months
        for end in (None, "2026-11-30", "2027-03-31", "2027-06-30", "2027-12-31", "2029-12-31")
    }  # fmt: skip
    assert months[None] == months["2027-06-30"] == months["2027-12-31"] == months["2029-12-31"] == 10
    assert months["2027-03-31"] == 16  # no post before, and then the least stay in one
    assert months["2026-11-30"] == 14


def test_nobody_is_sent_to_train_within_a_year_of_beginning_a_post() -> None:
    """A post begun in the month in which a training takes its place is none."""
    for name, target in (("health-administration-graduate", "fache"), ("hr-specialist", "nursing-home-administrator")):
        found = planned(name, target)
        begun = [dt.date.fromisoformat(one.start) for one in found.actions if one.kind == "post"]
        taken = [dt.date.fromisoformat(one.start) for one in found.actions if one.kind == "training"]
        assert all(abs((one - other).days) >= 360 or other > one for other in begun for one in taken)


def test_a_place_to_train_in_is_looked_for_before_it_is_filed_for() -> None:
    """Ohio is filed with by 21 January for April: two months from December are over too late."""
    found = planned("assistant-administrator", "nha-oh")
    search = next(one for one in found.actions if one.kind == "search")
    training = next(one for one in found.actions if one.kind == "training")
    assert (search.start, search.end) == ("2026-12-01", "2027-01-31")
    assert training.start == "2027-07-01"
    assert "place" in {one.limit for one in planned("assistant-administrator", "nha-oh", alternatives=1).relaxations}
    at_hand = planned("assistant-administrator", "nha-oh", assume={"search-months-training": 0})
    assert next(one for one in at_hand.actions if one.kind == "training").start == "2027-04-01"
    later = planned("records-specialist", "nha-tx", "TX")  # after a bachelor's of nine years
    steps = {one.kind: one for one in later.actions if one.kind in ("search", "training")}
    between = dt.date.fromisoformat(steps["training"].start) - dt.date.fromisoformat(steps["search"].end)
    assert 0 < between.days < 7 * 31
    school = planned("medical-assistant", "rn")
    assert not any(one.kind == "search" for one in school.actions)


def test_a_post_above_the_goal_is_no_step_to_it() -> None:
    """A manager of quality was to be a director of quality first, after a nurse's degree."""
    found = planned("hr-specialist", "quality-manager")
    assert not any(one.target == "quality-director" for one in found.actions)
    assert (found.months or 999) < 48


def test_posts_that_lead_others_are_not_hidden_by_those_that_do_not() -> None:
    """Five years of administration, three of them leading: posts that add to both, not the lowest that add to one."""
    found = planned("health-administration-graduate", "fache")
    assert (found.months or 999) < 110


def test_a_deadline_between_today_and_the_first_month_is_still_ahead() -> None:
    """On 2 January the plan begins in February, and Ohio is filed with by 21 January for April."""
    text = (ROOT / "examples" / "assistant-administrator.yaml").read_text(encoding="utf-8")
    goal, wishes = Goal("license", "nha-oh", "OH"), Wishes(assume={"search-months-training": 0})
    for day, begins in (("2027-01-02", "2027-04-01"), ("2027-01-21", "2027-04-01"), ("2027-01-22", "2027-07-01")):
        found = plan(read_profile(text, "x")[0], knowledge(), goal, dt.date.fromisoformat(day), wishes)
        training = next(one for one in found.actions if one.kind == "training")
        assert training.start == begins
        assert ("21 January" in (training.note or "").split("Begins")[0]) == (begins == "2027-04-01")


def test_who_has_filed_and_was_approved_has_the_intake_of_that_deadline() -> None:
    text = (ROOT / "examples" / "assistant-administrator.yaml").read_text(encoding="utf-8")
    filed = "credentials: []\napplications: [{for: nha-oh, submitted: 2026-10-01, approved: 2026-10-15}]"
    text = text.replace("credentials: []", filed)
    found = plan(read_profile(text, "x")[0], knowledge(), Goal("license", "nha-oh", "OH"), AS_OF, Wishes())
    assert next(one for one in found.actions if one.kind == "training").start == "2027-01-01"
    assert not any(one.kind == "search" for one in found.actions)
    old = read_profile(text.replace("2026-10-", "2020-10-"), "x")[0]  # of another year: no intake of this one
    late = plan(old, knowledge(), Goal("license", "nha-oh", "OH"), AS_OF, Wishes())
    assert next(one for one in late.actions if one.kind == "training").start > "2027-01-01"


def test_a_licence_without_its_first_day_is_in_force_until_its_last() -> None:
    text = (ROOT / "examples" / "charge-nurse.yaml").read_text(encoding="utf-8").replace("issued: 2010-06, ", "")
    goal = Goal("role", "clinical-nurse-manager", "PA")
    bare = plan(read_profile(text, "x")[0], knowledge(), goal, AS_OF, Wishes())
    assert [one.id for one in bare.actions if one.kind == "renew"] == ["renew:rn:PA"]
    assert bare.cost_usd == planned("charge-nurse", "clinical-nurse-manager").cost_usd


def test_a_way_that_is_closed_for_want_of_work_is_named_and_an_unread_one_is_told_whole() -> None:
    work = planned("restaurant-manager", "nha-md", "MD").left_out
    assert any(name.startswith("work:nha-md") and "administrator of record" in text for name, text in work.items())
    unread = planned("patient-services-representative", "nha-ga").left_out
    assert sum("administrator-in-training programme" in text for text in unread.values()) == 2
    assert any("for each year of the schooling asked" in text and "training" in text for text in unread.values())


def test_work_that_lasts_until_a_day_is_not_counted_while_a_degree_takes_its_place() -> None:
    person_ = {
        "state": "OH",
        "education": [{"degree": "High school diploma", "awarded": "2010-05"}],
        "experience": [
            {**MANAGER, "start": "2026-10-01", "end": "2030-05-31"}
        ],
    }  # fmt: skip
    found = planned(person_, "cmpe", stop_working=True)
    taken = [one for one in found.actions if one.kind == "degree"]
    assert taken
    assert all(one.start >= "2030-06-01" for one in taken)


def test_a_post_beside_one_that_lasts_until_a_day_is_counted_once() -> None:
    """Both together are more than full time: what either gives alone is more than they give together."""
    person_ = {
        "state": "OH",
        "education": [{"degree": "BS Health Administration", "awarded": "2015-05"}],
        "experience": [
            {**MANAGER, "start": "2026-06-01"},
            {**MANAGER, "start": "2026-06-01", "end": "2027-05-31", "hours_per_week": 12},
        ],
    }  # fmt: skip
    for target in ("cham", "cmpe"):
        assert planned(person_, target).finish is not None


def test_two_years_without_a_break_are_not_begun_before_a_training_that_breaks_them() -> None:
    """Found by its replay: rates of work that must be unbroken were measured from where it was long over."""
    person_ = {
        "state": "MS",
        "born": "1985-01-01",
        "education": [{"degree": "AAS", "field": "business", "awarded": "2010-05"}],
        "experience": [
            {
                "title": "HIM supervisor", "role": "him-supervisor", "setting": "nursing-home", "state": "MS",
                "start": "2026-06-01", "hours_per_week": 40, "supervises": 5,
            }
        ],
    }  # fmt: skip
    found = planned(person_, "nha-ms", "MS")
    (training,) = (one for one in found.actions if one.kind == "training")
    exam = next(one for one in found.actions if one.kind == "exam")
    broken = dt.date.fromisoformat(training.end)
    assert dt.date.fromisoformat(exam.start) > broken.replace(year=broken.year + 2)


def test_a_guess_of_a_degree_does_not_make_any_degree_close_the_leaf() -> None:
    """A nurse was to be made by an associate in health administration."""
    person_ = {
        "state": "OH",
        "education": [
            {"degree": "High school diploma", "awarded": "2010-05"}, {"degree": "bachelor", "field": "nursing"}
        ],
    }  # fmt: skip
    found = planned(person_, "rn", alternatives=2)
    others = [step.id for one in (*found.alternatives, *(a.no for a in found.actions if a.no)) for step in one.actions]
    assert "degree:associate-health-administration" not in (*others, *(one.id for one in found.actions))


@pytest.mark.parametrize(("answer", "status"), [(None, "unknown"), (True, "met"), (False, "partly")])
def test_being_in_charge_counts_for_a_nurse_executive_only_by_the_answer(answer: bool | None, status: str) -> None:
    """Nobody is said to have the leadership that is asked before the issuer has said that it is that."""
    text = (ROOT / "examples" / "charge-nurse.yaml").read_text(encoding="utf-8")
    said = "" if answer is None else f"statements: {{ne-bc-in-charge: {str(answer).lower()}}}\n"
    found = assess(read_profile(text + said, "x")[0], knowledge(), Goal("certification", "ne-bc", "PA"), AS_OF)
    (leading,) = (one for one in found.findings if one.id == "ne-bc.leading")
    assert leading.status == status
    assert found.verdict != "ready"
