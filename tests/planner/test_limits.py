"""What the person sets for a plan: standard, last day, hours, money, numbers of ours; and what is there already."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from hsm_planner.cli.exits import Exit
from hsm_planner.cli.main import execute
from hsm_planner.knowledge.yamlfile import parse
from hsm_planner.planner.result import Plan
from hsm_planner.report.plan import plan_lines
from hsm_planner.report.terminal import plain_text
from hsm_planner.values.dates import add_months
from tests.support import ROOT, knowledge, planned

DAY = dt.timedelta(days=1)
NURSE: dict[str, Any] = {
    "state": "PA",
    "education": [{"degree": "BSN", "awarded": "2008-05"}],
    "experience": [{"role": "charge-nurse", "setting": "hospital", "start": "2010-01", "supervises": 8}],
    "credentials": [{"id": "rn", "state": "PA", "issued": "2008-06", "expires": "2028-04-30"}],
}
PROFILE = str(ROOT / "examples" / "charge-nurse.yaml")


def command(*options: str) -> list[str]:
    return ["plan", PROFILE, "--target", "nha-pa", "--as-of", "2026-11-23", "--alternatives", "0", *options]


def kinds(found: Plan) -> list[str]:
    return [action.kind for action in found.actions]


# -- the standard of the target ---------------------------------------------------------------------------------------


def test_a_plan_goes_as_far_as_the_standard_of_its_target() -> None:
    law, usual, strong = (
        planned("charge-nurse", "practice-administrator", standard=standard)
        for standard in ("required", "typical", "preferred")
    )
    assert kinds(law) == ["search", "post"]  # no law asks anything of the post
    assert kinds(usual).count("degree") == 1
    masters = {one.id for one in knowledge().programmes() if one.level == "master"}
    assert [action.target for action in strong.actions if action.target in masters]
    assert law.months is not None
    assert usual.months is not None
    assert strong.months is not None
    assert law.months < usual.months < strong.months


@pytest.mark.parametrize("standard", ["required", "typical", "preferred"])
def test_a_plan_says_how_far_it_goes(standard: Any) -> None:
    found = planned("charge-nurse", "practice-administrator", standard=standard)
    assert found.goal.standard == standard
    words = {"required": "the law alone", "typical": "employers usually ask:", "preferred": "a strong candidate"}
    text = plain_text(plan_lines(found), 400)
    assert [name for name, some in words.items() if f"It goes by what {some}" in text or some in text] == [standard]
    assert planned("charge-nurse", "nha-pa").goal.standard is None  # of a credential there is one rule


def test_the_command_takes_the_standard(tmp_path: Path) -> None:
    for options in ([], ["--standard", "required"]):
        arguments = ["plan", PROFILE, "-t", "practice-administrator", "--alternatives", "0", "--json"]
        assert execute([*arguments, *options, "-o", str(tmp_path / f"{len(options)}.json")]) == Exit.DONE
    usual, law = ((tmp_path / f"{number}.json").read_text(encoding="utf-8") for number in (0, 2))
    assert '"degree"' in usual
    assert '"degree"' not in law


# -- what is there already --------------------------------------------------------------------------------------------


def test_a_post_that_is_held_with_all_that_it_asks_is_reached() -> None:
    for by in (None, dt.date(2026, 11, 28)):
        found = planned(NURSE, "charge-nurse", by=by)
        assert (found.status, found.actions) == ("done", ())


def test_a_post_that_is_held_elsewhere_is_still_to_be_found() -> None:
    assert "search" in kinds(planned(NURSE, "charge-nurse", "OH"))
    ended = {**NURSE["experience"][0], "end": "2025-01"}
    assert "search" in kinds(planned({**NURSE, "experience": [ended]}, "charge-nurse"))


def test_of_a_post_that_is_held_what_is_missing_is_planned_without_another_search() -> None:
    without = {**NURSE, "education": [{"degree": "ADN", "awarded": "2008-05"}]}
    found = planned(without, "charge-nurse", standard="preferred")
    assert "degree" in kinds(found)
    assert "search" not in kinds(found)


ELSEWHERE: dict[str, Any] = {
    "state": "TX",
    "born": "1990-06-15",
    "education": [{"degree": "BSN", "awarded": "2019-05"}],
    "exams": [{"id": "nclex-rn", "passed": "2019-07"}],
    "experience": [{"role": "registered-nurse", "setting": "hospital", "start": "2019-08"}],
    "courses": [],
}


def licensed(state: str, *, multistate: bool | None = None) -> dict[str, Any]:
    held: dict[str, Any] = {"id": "rn", "state": state, "issued": "2019-08", "expires": "2027-06"}
    held |= {"multistate": multistate} if multistate is not None else {}
    return {**ELSEWHERE, "credentials": [held]}


@pytest.mark.parametrize("target", ["rn", "charge-nurse"])
def test_a_licence_of_another_state_is_not_renewed_in_place_of_one_of_this(target: str) -> None:
    found = planned(licensed("CO"), target, "CA")  # outside the compact
    assert "renew" not in kinds(found)
    assert "get:rn:CA" in [action.id for action in found.actions]
    known = planned(licensed("CO", multistate=False), target, "NC")
    assert "get:rn:NC" in [action.id for action in known.actions]


def test_a_licence_of_another_state_that_serves_is_renewed_where_it_was_given() -> None:
    found = planned(licensed("TX", multistate=True), "clinical-nurse-manager", "NC", standard="preferred")
    assert found.months is not None
    assert found.months > 12  # it ends on the way
    assert "renew:rn:TX" in [action.id for action in found.actions]
    assert "get:rn:NC" not in [action.id for action in found.actions]
    assert [(one.credential, one.state, one.title) for one in found.keep_alive if one.credential == "rn"] == [
        ("rn", "TX", "Registered nurse licence, Texas")
    ]


def test_a_licence_is_told_with_its_state_its_prices_and_what_is_said_of_them() -> None:
    found = planned({**ELSEWHERE, "credentials": []}, "rn", "TX")
    step = next(action for action in found.actions if action.id == "get:rn:TX")
    assert step.text.endswith("Registered nurse licence, Texas")
    assert step.note is not None
    assert "75, 110 and 186" in step.note
    assert {"nursing-tx-nurselicenseguide", "nursing-tx-nurselicenseguide-2026"} <= set(step.sources)
    assert "nursing-ca-acestack" not in step.sources  # of another state


# -- dates ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("target", "state"), [("nha-oh", "OH"), ("clinical-nurse-manager", "PA")])
def test_the_last_day_is_kept_to_the_day(target: str, state: str) -> None:
    free = planned("charge-nurse", target, state)
    assert free.finish is not None
    last = dt.date.fromisoformat(free.finish)
    assert planned("charge-nurse", target, state, by=last).finish == free.finish
    sooner = planned("charge-nurse", target, state, by=last - DAY)
    assert sooner.finish is None or sooner.finish <= (last - DAY).isoformat()
    assert sooner.status in ("impossible", "feasible", "optimal")  # known, not given up


def test_a_last_day_before_the_best_finish_is_told_as_impossible() -> None:
    for month in (7, 8, 9):
        found = planned("charge-nurse", "nha-pa", by=dt.date(2027, month, 28))
        assert found.reason is not None
        assert (found.status, found.reason.kind) == ("impossible", "limits")
        later = next(one for one in found.relaxations if one.limit == "by")
        assert later.months == planned("charge-nurse", "nha-pa").months


# -- ways that were not read ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wishes",
    [{"by": dt.date(2027, 3, 31)}, {"study_hours": 0}, {"assume": {"horizon-months": 10}}],
    ids=["by", "study-hours", "horizon"],
)
def test_limits_are_named_and_no_way_that_was_not_read_takes_its_place(wishes: dict[str, Any]) -> None:
    found = planned("charge-nurse", "nha-pa", **wishes)
    assert found.reason is not None
    assert (found.status, found.reason.kind) == ("impossible", "limits")
    assert not [action for one in found.relaxations for action in one.actions if action.id.endswith(".unread")]


def test_where_every_way_was_not_read_one_is_asked_about() -> None:
    found = planned("charge-nurse", "nha-wi", "WI")
    assert found.status in ("feasible", "optimal")
    assert kinds(found)[0] == "confirm"


def test_what_counts_for_three_years_only_waits_until_it_still_counts_at_the_end() -> None:
    """Continuing education within the last three years, in a plan that takes more than five."""
    found = planned("charge-nurse", "fache")
    assert found.months is not None
    assert found.months > 60
    learning = next(action for action in found.actions if action.kind == "learning")
    applied = next(action for action in found.actions if action.id == "get:fache")
    assert learning.start >= add_months(dt.date.fromisoformat(applied.start), -36).isoformat()
    assert learning.start > add_months(dt.date.fromisoformat(found.actions[0].start), 24).isoformat()


def test_a_degree_whose_credits_no_source_gives_is_reckoned_by_its_level() -> None:
    found = planned("patient-services-representative", "rhit")
    assert found.status == "optimal"
    degree = next(action for action in found.actions if action.kind == "degree")
    assert degree.note is not None
    assert "ask the school whether it can be studied beside work" in degree.note
    assert "credits-by-level" in [one.id for one in found.assumptions]
    without = planned("patient-services-representative", "rhit", assume={"credits-by-level": 0})
    assert without.reason is not None
    assert without.reason.clash == ("study-hours",)


def test_a_degree_of_fewer_years_is_not_passed_over_for_want_of_its_credits() -> None:
    found = planned("restaurant-manager", "rn", "PA", objective="cheapest")
    assert "degree:adn" in [action.id for action in found.actions]
    assert {"degree:rn-diploma", "degree:bsn:accelerated-bsn"} <= set(found.left_out)  # full time only
    assert "a degree that was left out may be" in plain_text(plan_lines(found), 400)


def test_where_no_amount_is_known_no_licence_is_earned_that_the_goal_does_not_ask() -> None:
    """Management in health care, of no known length: not by a nursing home's licence on the way to a practice."""
    found = planned("health-administration-graduate", "practice-administrator")
    assert kinds(found).count("post") >= 2
    assert "exam" not in kinds(found)
    other = planned("health-administration-graduate", "regional-director-ltc")  # which asks it itself
    assert "get:nha-nc" in [action.id for action in other.actions]
    none_else = planned("health-administration-graduate", "quality-manager")
    assert none_else.status == "feasible"


# -- money ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("target", "state"), [("nha-ca", "CA"), ("nha-nj", "NJ"), ("nha-oh", "OH")])
def test_what_the_steps_cost_adds_up_to_the_whole(target: str, state: str) -> None:
    found = planned("charge-nurse", target, state)
    assert found.cost_usd is not None
    known = [action.cost_usd for action in found.actions if action.cost_usd is not None]
    assert sum(one.low for one in known) == found.cost_usd.known_low
    assert sum(one.high for one in known) == found.cost_usd.known_high
    assert sum(action.unknown_prices for action in found.actions) == found.cost_usd.unknown_prices
    assert {action.id for action in found.actions if action.unknown_prices} == set(found.cost_usd.unpriced)


def test_each_renewal_up_to_the_finish_is_paid() -> None:
    without = {**NURSE, "education": [{"degree": "ADN", "awarded": "2008-05"}]}
    found = planned(without, "charge-nurse", standard="preferred")
    renewal = next(action for action in found.actions if action.kind == "renew")
    kept = next(one for one in found.keep_alive if one.credential == "rn")
    assert kept.times == 2
    assert renewal.cost_usd is not None
    assert renewal.cost_usd.high == kept.usd
    assert found.cost_usd is not None
    degree = next(action.cost_usd for action in found.actions if action.kind == "degree")
    assert degree is not None
    assert found.cost_usd.known_high == degree.high + renewal.cost_usd.high
    short = planned(without, "charge-nurse", standard="preferred", budget=found.cost_usd.known_high - 1)
    assert short.cost_usd is None or short.cost_usd.known_high < found.cost_usd.known_high


# -- order ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "target", "state"),
    [
        ("restaurant-manager", "nha-wi", "WI"),
        ("charge-nurse", "fache", "PA"),
        ("health-administration-graduate", "nha-pa", "PA"),
    ],
)
def test_each_step_is_told_after_those_that_it_waits_for(person: str, target: str, state: str) -> None:
    found = planned(person, target, state)
    at = {action.id: number for number, action in enumerate(found.actions)}
    waits = [(action.id, before) for action in found.actions for before in action.after]
    assert waits
    assert all(at[before] < at[name] for name, before in waits)
    assert {(name, action.id) for action in found.actions for name in action.closes} == set(waits)


# -- our numbers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        (["credits-per-month-most=0"], ["from 1 to 15"]),
        (["exam-attempts=0"], ["from 1 to 10"]),
        (["exam-attempts=1.5"], ["whole number"]),
        (["range-end=2", "study-hours-per-week=9999"], ["from 0 to 1", "from 0 to 80"]),
        (["hours-per-credit=0", "exam-attempt=2"], ["from 15 to 150", "Did you mean exam-attempts"]),
    ],
)
def test_numbers_that_mean_nothing_are_refused_all_at_once(
    pairs: list[str], words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert execute(command(*(part for pair in pairs for part in ("--assume", pair)))) == Exit.FAILED
    said = capsys.readouterr().err
    assert all(one in said for one in words)


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (["--as-of", "2200-01-01"], Exit.FAILED, "2150"),
        (["--as-of", "2999-01-01"], Exit.USAGE, "1900 to 2200"),
        (["--by", "9999"], Exit.USAGE, "up to 2200"),
    ],
)
def test_days_out_of_reach_are_refused_with_what_can_be(
    options: list[str], code: Exit, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert execute([*command(), *options]) == code
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("pairs", [["exam-attempts=2", "exam-attempts=3"], ["exam-attempts=inf"], ["exam-attempts"]])
def test_an_assumption_is_given_once_as_a_number(pairs: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(command(*(part for pair in pairs for part in ("--assume", pair)))) == Exit.USAGE
    assert "--assume" in capsys.readouterr().err


def test_every_number_of_ours_may_stand_at_its_ends() -> None:
    known = [knowledge().assumption(name) for name in knowledge().ids("assumptions", "assumptions")]
    for one in known:
        assert one is not None
        for end in (one.least, one.most):
            found = planned("charge-nurse", "clinical-nurse-manager", assume={one.id: end})
            assert found.status in ("optimal", "feasible", "impossible")


def test_where_lifting_one_limit_is_not_enough_the_next_is_named_with_the_plan_without_both() -> None:
    wishes: dict[str, Any] = {"by": dt.date(2027, 3, 1), "study_hours": 0}
    found = planned("charge-nurse", "practice-administrator", "PA", **wishes)
    assert found.reason is not None
    assert found.reason.clash == ("by",)
    assert "Lifting that is not enough; in the way as well: 0 hours of study a week." in found.reason.text
    (both,) = found.relaxations
    assert both.limit == "study-hours; by"
    assert both.months == planned("charge-nurse", "practice-administrator", "PA", study_hours=60).months


def test_what_nothing_closes_is_not_blamed_where_another_way_is_open() -> None:
    """An internship inside a degree is out of reach, but the training is a way beside it; the check is not."""
    text = (ROOT / "examples" / "assistant-administrator.yaml").read_text(encoding="utf-8")
    found = planned({**parse(text, "").data, "statements": {"background-check": False}}, "nha-oh", "OH")
    assert found.status == "impossible"
    assert found.reason is not None
    assert found.reason.leaves
    assert all(leaf.endswith("background-check") for leaf in found.reason.leaves)


def test_ways_of_a_licence_that_were_not_read_are_told_towards_the_post_that_asks_it() -> None:
    licence, post = planned("charge-nurse", "nha-pa"), planned("charge-nurse", "nursing-home-administrator")
    unread = {name for name in licence.left_out if name.startswith("unread:nha-pa")}
    assert unread
    assert unread <= set(post.left_out)


@pytest.mark.parametrize("limit", [{"budget": 5000}, {"without": frozenset({"bsn"})}, {"study_hours": 0}])
def test_a_limit_does_not_hide_that_an_employer_may_ask_less(limit: dict[str, Any]) -> None:
    """No plan by the degree that is usual; who asks whether the one held is enough may begin at once, at no cost."""
    found = planned("charge-nurse", "clinical-nurse-manager", "PA", **limit)
    assert found.status == "impossible"
    less, *lifted = found.relaxations
    assert (less.limit, less.months) == ("usual-degree", 3)
    assert "free to ask first" in less.text
    assert lifted


def test_what_we_assume_is_not_said_to_be_set() -> None:
    found = planned("health-administration-graduate", "cno", "NC")
    assert found.reason is not None
    assert "In the 180 months that a plan looks ahead" in found.reason.text
    assert found.relaxations[-1].text.startswith("With up to 60 hours of study a week: ")


def test_a_no_that_needs_other_answers_says_so() -> None:
    found = planned("assistant-administrator", "nha-pa", "PA")
    (hours,) = (one for one in found.actions if one.id == "confirm:nha-pa.supervisor.hours")
    assert hours.if_no is not None
    assert hours.if_no.endswith("if 2 further answers are yes.")


def test_a_no_does_not_rest_on_a_yes_to_the_same_question() -> None:
    """Who was no manager in the latest two years was none in the latest five either."""
    post = {"title": "Licensed practical nurse", "setting": "nursing-home", "start": "2012-10", "hours_per_week": 40}
    nurse = {
        "state": "GA",
        "education": [{"degree": "Practical nursing certificate", "awarded": "2012-08"}],
        "experience": [{**post, "supervises": 3, "manages_budget": False}],
        "credentials": [{"id": "lpn", "state": "GA", "issued": "2012-09", "expires": "2027-03"}],
    }
    found = planned(nurse, "nha-ga", alternatives=1)
    (managed,) = (one for one in found.actions if one.kind == "confirm" and "latest 2 years" in one.text)
    assert managed.no is not None
    assert not any("latest 5 years" in one.text for one in managed.no.actions if one.id.startswith("confirm:"))


def test_a_degree_that_is_not_finished_is_not_finished_for_another_rule_either() -> None:
    nurse = {
        "state": "MN",
        "education": [{"degree": "ADN", "awarded": "2019-05"}, {"degree": "BSN", "expected": "2027-05"}],
        "experience": [
            {
                "title": "Registered nurse",
                "setting": "hospital",
                "start": "2019-08",
                "supervises": 0,
                "manages_budget": False,
                "hours_per_week": 36,
            }
        ],
        "credentials": [{"id": "rn", "state": "MN", "issued": "2019-07", "expires": "2029-03"}],
    }
    found = planned(nurse, "cnml", alternatives=1)
    (finished,) = (one for one in found.actions if one.kind == "confirm" and "you finish it" in one.text)
    assert finished.no is not None
    assert not any("you finish it" in one.text for one in finished.no.actions)


def test_one_further_answer_is_one() -> None:
    found = planned("medical-assistant", "cmpe", "OH")
    texts = [one.if_no or "" for one in found.actions if "1 further" in (one.if_no or "")]
    assert texts
    assert all(text.endswith("if 1 further answer is yes.") for text in texts)


def test_without_a_state_no_licence_of_one_is_received_and_the_state_is_asked() -> None:
    """Beside the plan all is replayed: what was received for no state would not be of the state that a post asks."""
    nurse = parse((ROOT / "examples" / "charge-nurse.yaml").read_text(encoding="utf-8"), "").data
    nowhere = {key: value for key, value in nurse.items() if key != "state"}
    found = planned(nowhere, "clinical-nurse-manager", alternatives=1)
    assert found.status == "optimal"
    assert any("in which state you want to work" in one.text for one in found.ask_first)
    (licence,) = (one for one in found.actions if one.kind == "confirm")
    assert licence.no is None


@pytest.mark.parametrize(("limit", "blamed"), [({"budget": 1}, "budget"), ({"by": dt.date(2028, 1, 1)}, "by")])
def test_a_limit_is_blamed_also_where_only_posts_farther_off_lead_there(limit: dict[str, Any], blamed: str) -> None:
    found = planned("medical-assistant", "cdal", "OH", **limit)
    assert found.status == "impossible"
    assert found.reason is not None
    assert found.reason.clash == (blamed,)


def test_a_search_that_was_cut_short_says_nothing_of_what_cannot_be() -> None:
    found = planned("health-administration-graduate", "cenp", "NC")
    assert found.status == "unknown"


def test_without_a_state_nothing_is_known_of_the_way_to_a_licence_that_is_not_held() -> None:
    nurse = parse((ROOT / "examples" / "charge-nurse.yaml").read_text(encoding="utf-8"), "").data
    found = planned({key: value for key, value in nurse.items() if key != "state"}, "nursing-home-administrator")
    assert found.status == "unknown"
    assert found.reason is not None
    assert (found.reason.kind, found.finish) == ("no_state", None)
    assert "--state" in found.reason.text
