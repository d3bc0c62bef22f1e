"""Plans of people: what is asked first, what is never done, and that each stands up to its replay."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from hsm_planner.cli.exits import Exit
from hsm_planner.cli.main import execute
from hsm_planner.engine.assess import Goal
from hsm_planner.planner.calendar import exam_months, intakes
from hsm_planner.planner.future import Effect, Lasting, after, planning_profile, touched
from hsm_planner.planner.person import Planner
from hsm_planner.planner.programmes import loose_credits
from hsm_planner.planner.verify import Replay, Step
from hsm_planner.planner.wishes import Wishes
from hsm_planner.profile.read import read_profile
from hsm_planner.report.jsonform import result_json
from hsm_planner.report.plan import plan_lines
from hsm_planner.report.schemas import schema
from hsm_planner.report.terminal import plain_text
from hsm_planner.resolve.person import resolve
from hsm_planner.values.record import replace
from hsm_planner.values.timeline import Target
from tests.support import AS_OF, EXAMPLES, ROOT, knowledge, person, planned

NURSE = {
    "state": "PA",
    "born": "1985-02",
    "education": [{"degree": "BSN", "awarded": "2008-05"}],
    "experience": [{"role": "charge-nurse", "setting": "hospital", "start": "2010-01", "supervises": 8}],
    "credentials": [{"id": "rn", "state": "PA", "issued": "2008-06", "expires": "2040-06"}],
}


def test_a_credential_that_is_held_asks_nothing() -> None:
    result = planned({**NURSE, "credentials": [*NURSE["credentials"], {"id": "nha-pa", "issued": "2020-01"}]}, "nha-pa")
    assert (result.status, result.actions) == ("done", ())


def test_a_plan_to_a_credential_ends_with_it_held() -> None:
    result = planned("charge-nurse", "nha-pa")
    assert result.actions[-1].id == "get:nha-pa"
    assert result.actions[-1].end == result.finish


def test_a_role_is_reached_when_a_post_of_it_has_begun() -> None:
    result = planned("charge-nurse", "clinical-nurse-manager")
    assert result.actions[-1].id == "post:clinical-nurse-manager"
    assert result.actions[-1].start == result.finish
    search = next(action for action in result.actions if action.kind == "search")
    assert search.note is not None
    assert "assumption" in search.note


def test_open_facts_are_confirmed_first_and_free() -> None:
    result = planned("charge-nurse", "nha-pa")
    kinds = [action.kind for action in result.actions]
    confirms = kinds.count("confirm")
    assert confirms >= 2
    assert kinds[:confirms] == ["confirm"] * confirms
    assert all(action.if_no and action.cost_usd and action.cost_usd.high == 0 for action in result.actions[:confirms])


def test_a_master_without_its_accreditation_is_asked_not_studied_again() -> None:
    graduate = {**NURSE, "education": [*NURSE["education"], {"degree": "MHA", "awarded": "2015-05"}], "state": "OH"}
    result = planned(graduate, "nha-oh")
    assert not [action for action in result.actions if action.kind == "degree"]


def test_an_exam_is_sat_once_all_else_is_met_that_its_credential_asks() -> None:
    result = planned("charge-nurse", "nha-oh", "OH")
    exams = [action for action in result.actions if action.kind == "exam"]
    others = [action for action in result.actions if action.kind in ("degree", "training", "course")]
    assert exams
    assert min(exam.start for exam in exams) > max(other.end for other in others)


def test_a_training_begins_on_an_intake_and_after_the_schooling_asked_beside_it() -> None:
    result = planned("charge-nurse", "nha-oh", "OH")
    training = next(action for action in result.actions if action.kind == "training")
    degree = next(action for action in result.actions if action.kind == "degree")
    assert training.start[5:] in ("01-01", "04-01", "07-01", "10-01")
    assert training.start > degree.end
    assert training.note is not None
    assert "file by 21 October" in training.note
    side = planned("charge-nurse", "nha-oh", "OH", assume={"training-after-schooling": 0})
    assert side.months is not None
    assert result.months is not None
    assert side.months < result.months


def test_an_intake_that_can_no_longer_be_filed_for_is_not_taken() -> None:
    entry = knowledge().license("nha-oh")
    assert entry is not None
    found = intakes(entry, ("administrator-in-training",), dt.date(2026, 12, 1), 12)
    assert [(one.month, one.file_by) for one in found] == [
        (4, dt.date(2027, 1, 21)),
        (7, dt.date(2027, 4, 21)),
        (10, dt.date(2027, 7, 21)),
    ]  # 1 January was to be filed for by 21 October


def test_exams_given_in_some_months_end_in_one_of_them() -> None:
    assert exam_months((1, 4), 3, dt.date(2026, 12, 1), 12) == (2, 11)  # February to April, November to January
    assert exam_months((), 3, dt.date(2026, 12, 1), 12) is None
    result = planned("charge-nurse", "shrm-cp")
    exam = next(action for action in result.actions if action.kind == "exam")
    facts = knowledge().exam(exam.target or "")
    assert facts is not None
    assert int(exam.end[5:7]) in facts.sit_months


def test_a_second_attempt_takes_longer_and_costs_again() -> None:
    once, twice = (planned("charge-nurse", "nha-pa", assume={"exam-attempts": number}) for number in (1, 2))
    assert once.cost_usd is not None
    assert twice.cost_usd is not None
    assert twice.cost_usd.known_low > once.cost_usd.known_low
    assert (twice.months or 0) > (once.months or 0)


def test_some_work_in_a_field_is_there_a_month_after_it_began_and_what_few_can_say_is_not_proven() -> None:
    text = (ROOT / "examples" / "records-specialist.yaml").read_text(encoding="utf-8")
    goal = Goal("certification", "hse", "PA")
    found = Planner(read_profile(text, "records-specialist")[0], knowledge(), goal, AS_OF, Wishes()).best()
    schedule = found.solution.schedule
    assert schedule is not None
    starts = {choice.activity: choice.start for choice in schedule.choices}
    began = max(start for name, start in starts.items() if found.routes.actions[name].kind == "post")
    assert all(starts[f"exam:{name}"] > began for name in ("nab-rcal", "nab-hcbs"))
    assert "confirm:hse.career.supervising" in starts
    assert found.routes.doubtful(schedule)


def test_where_no_plan_was_found_in_time_what_lifting_a_limit_gives_is_told() -> None:
    found = planned("health-information-graduate", "cno")
    assert found.status == "unknown"
    assert [one.limit for one in found.relaxations] == ["study-hours"]
    assert "With up to 60" in found.relaxations[0].text


def test_what_is_asked_after_the_exam_is_part_of_the_plan() -> None:
    result = planned("restaurant-manager", "cmpe")
    assert any("cmpe.learning" in action.id for action in result.actions)


def test_posts_that_give_what_is_missing_are_not_hidden_by_those_that_add_to_what_is_there() -> None:
    """Six years of health care are there; of them four of management are asked, and no college credits beside them."""
    post = {"title": "Medical assistant", "setting": "physician-practice", "start": "2019-08"}
    someone = {
        "state": "OH",
        "education": [{"degree": "AAS Medical Assisting", "awarded": "2019-05"}],
        "experience": [{**post, "supervises": 0, "manages_budget": False}],
        "credentials": [],
    }
    result = planned(someone, "cmpe", study_hours=6)
    assert "post:medical-office-manager" in {action.id for action in result.actions}
    assert not any("credits" in action.id for action in result.actions)
    assert result.months is not None
    assert result.months < 80  # 60 credits at six hours a week alone take 104


def test_the_time_in_several_posts_is_not_said_to_be_in_the_first() -> None:
    result = planned("health-administration-graduate", "him-director", "NC")
    posts = [number for number, one in enumerate(result.actions, 1) if one.kind == "post"]
    (line,) = (one.text for one in plan_lines(result) if one.text.startswith("The finish waits for"))
    assert f"33 months in the posts of {posts[0]} and {posts[1]};" in line


def test_no_plan_goes_through_a_paused_programme() -> None:
    result = planned("charge-nurse", "cnha")
    assert result.status == "unknown"
    assert result.reason is not None
    assert "paused" in result.reason.text


def test_no_action_for_what_was_answered_with_no() -> None:
    result = planned({**NURSE, "statements": {"good-moral-character": False}}, "nha-pa")
    assert result.status == "impossible"
    assert result.reason is not None
    assert result.reason.kind == "no_action"


def test_where_no_post_that_was_tried_leads_there_the_plan_says_whom_to_ask() -> None:
    result = planned("hr-specialist", "cenp")
    assert result.status == "unknown"
    assert result.reason is not None
    assert result.reason.kind == "horizon"
    assert "AONL Credentialing Center" in result.reason.text


def test_what_the_target_asks_is_told_before_what_a_step_to_it_asks() -> None:
    result = planned("hr-specialist", "lead-medical-assistant")
    assert result.reason is not None
    assert result.reason.text.startswith("Nothing that we know closes some experience of clinical support.")


def test_a_post_that_was_not_read_in_full_is_a_step_after_one_from_which_the_ladder_leads_there() -> None:
    """Somebody with a diploma alone: by the front desk and an associate degree, not by a bachelor's."""
    diploma = {"state": "OH", "education": [{"degree": "high school diploma", "awarded": "2019-06"}], "experience": []}
    result = planned(diploma, "medical-office-manager")
    starts = {action.id: action.start for action in result.actions}
    assert starts["post:patient-services-representative"] < starts["post:front-office-supervisor"]
    assert "confirm:front-office-supervisor.typical-experience" in starts
    assert result.cost_usd is not None
    assert result.cost_usd.known_high < 10_000
    assert (result.status, result.bound) == ("feasible", None)  # it rests on what was not read


def test_limits_that_clash_are_told_apart_from_what_nothing_closes() -> None:
    result = planned("charge-nurse", "nha-pa", by=dt.date(2027, 1, 15))
    assert (result.status, result.reason and result.reason.kind) == ("impossible", "limits")
    assert planned("charge-nurse", "nha-pa", by=dt.date(2035, 1, 15)).status == "optimal"


def test_the_smallest_clash_is_named_with_what_lifting_each_gives() -> None:
    """A degree in no time, for no money: either limit alone stands in the way of one, so both are named."""
    wishes: dict[str, Any] = {"without": frozenset({"adn"}), "by": dt.date(2027, 3, 1), "budget": 100_000}
    result = planned("charge-nurse", "clinical-nurse-manager", **wishes)
    assert result.reason is not None
    assert "by" in result.reason.clash
    assert not {"budget", "without:adn"} & set(result.reason.clash)
    less, *lifted = result.relaxations
    assert less.limit == "usual-degree"  # which is not asked for by law
    assert [one.limit for one in lifted] == list(result.reason.clash)[: len(lifted)]
    later = next(one for one in result.relaxations if one.limit == "by")
    assert later.months == planned("charge-nurse", "clinical-nurse-manager", **{**wishes, "by": None}).months
    assert "by 2027-03-01" in plain_text(plan_lines(result), 80)


def test_what_must_be_in_a_plan_and_cannot_clashes() -> None:
    result = planned("charge-nurse", "nha-pa", with_=(frozenset({"cnha"}),))  # its programme is paused
    assert result.reason is not None
    assert result.reason.clash == ("with:cnha",)


def test_what_must_be_in_a_plan_comes_before_the_target_even_where_nothing_asks_it() -> None:
    result = planned("patient-services-representative", "billing-supervisor", with_=(frozenset({"cham"}),))
    dates = {action.id: action.start for action in result.actions}
    assert dates["get:cham"] < dates["post:billing-supervisor"]


def test_the_target_among_what_must_be_in_the_plan_changes_nothing() -> None:
    plain, named = planned(NURSE, "nha-pa"), planned(NURSE, "nha-pa", with_=(frozenset({"nha-pa"}),))
    assert (plain.status, plain.months) == (named.status, named.months)


def test_a_degree_serves_all_that_ask_a_lower_one_and_no_degree_comes_twice() -> None:
    nurse = {
        "state": "TX",
        "education": [{"degree": "High school diploma", "awarded": "2008-05"}],
        "experience": [{"title": "Charge nurse", "setting": "nursing-home", "start": "2020-06", "supervises": 6}],
        "credentials": [{"id": "lpn", "state": "TX", "issued": "2020-04", "expires": "2036-04"}],
    }
    result = planned(nurse, "medical-office-manager")
    degrees = [action.id for action in result.actions if action.kind == "degree"]
    assert len(degrees) <= 1
    without = planned(
        nurse, "medical-office-manager", without=frozenset({"bachelor-health-administration", "bba-healthcare"})
    )
    assert result.months is not None
    assert without.months is None or result.months <= without.months


@pytest.mark.parametrize(
    ("someone", "target", "named"),
    [
        ("patient-services-representative", "patient-access-manager", "bsn"),
        ("records-specialist", "nha-oh", "bachelor-ltca"),
        ("records-specialist", "nha-tx", "bba-healthcare"),
    ],
)
def test_a_degree_that_must_be_in_the_plan_stands_for_any_that_is_equal(someone: str, target: str, named: str) -> None:
    found = planned(someone, target, target[-2:].upper() if target.startswith("nha") else None,
                    with_=(frozenset({named}),), study_hours=30)  # fmt: skip
    assert [action.target for action in found.actions if action.kind == "degree"] == [named]


def test_a_degree_that_one_rule_names_stands_where_another_asks_any() -> None:
    found = planned("patient-services-representative", "nha-ky", study_hours=30)
    assert [action.target for action in found.actions if action.kind == "degree"] == ["bachelor-ltca"]


def test_what_must_not_be_in_the_plan_hides_no_degree_that_is_equal() -> None:
    barred = frozenset({"bachelor-health-administration", "bba-healthcare"})
    with_it = planned("patient-services-representative", "patient-access-manager")
    without = planned("patient-services-representative", "patient-access-manager", without=barred)
    assert without.months == with_it.months
    records = frozenset({"bachelor-health-administration", "bachelor-him"})
    degrees = [one for one in planned("records-specialist", "nha-tx", without=records).actions if one.kind == "degree"]
    assert len(degrees) == 1


def test_schooling_for_which_a_licence_may_stand_comes_before_the_training_too() -> None:
    found = planned("patient-services-representative", "nha-ga", "GA", study_hours=6)
    steps = {action.kind: action for action in found.actions if action.kind in ("degree", "training")}
    assert steps["degree"].end < steps["training"].start


def test_a_lapsed_licence_is_got_back_and_not_earned_again() -> None:
    lapsed = {**NURSE, "credentials": [{"id": "rn", "state": "PA", "issued": "2008-06", "expires": "2025-06"}]}
    result = planned(lapsed, "registered-nurse")
    assert "reinstate:rn:PA" in {action.id for action in result.actions}
    assert not {action.kind for action in result.actions} & {"degree", "training", "exam"}
    assert result.status == "feasible"


@pytest.mark.parametrize("option", ["--with", "--without"])
def test_unknown_ids_are_refused_with_the_nearest(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = ROOT / "examples" / "charge-nurse.yaml"
    assert execute(["plan", str(path), "--target", "nha-pa", option, "mhaa"]) == Exit.FAILED
    assert "mha" in capsys.readouterr().err


@pytest.mark.parametrize(
    "options",
    [
        ["--study-hours", "0"],
        ["--study-hours", "168"],
        ["--budget", "0"],
        ["--by", "2190-01-01"],
        ["--assume", "horizon-months=1"],
        ["--assume", "horizon-months=360"],
        ["--assume", "least-stay-months=120"],
        ["--assume", "search-months-manager=60"],
        ["--assume", "hours-per-credit=150"],
    ],
)
def test_absurd_limits_end_in_a_plan_or_a_reason(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    path = ROOT / "examples" / "charge-nurse.yaml"
    assert execute(["plan", str(path), "--target", "clinical-nurse-manager", "--json", *options]) == Exit.DONE
    result = json.loads(capsys.readouterr().out)
    assert result["actions"] or result["reason"]["text"]


def test_a_budget_binds_what_is_known() -> None:
    free = planned("charge-nurse", "nha-pa")
    assert free.cost_usd is not None
    tight = planned("charge-nurse", "nha-pa", budget=free.cost_usd.known_high - 1)
    assert tight.cost_usd is None or tight.cost_usd.known_high < free.cost_usd.known_high


def test_more_hours_never_make_it_longer_and_fewer_never_shorter() -> None:
    months = [planned("charge-nurse", "clinical-nurse-manager", study_hours=hours).months for hours in (10, 20, 40)]
    assert None not in months
    assert months == sorted(months, reverse=True)  # type: ignore[type-var]


def test_a_longer_assumption_never_makes_a_shorter_plan() -> None:
    usual = planned("charge-nurse", "nha-pa")
    longer = planned("charge-nurse", "nha-pa", assume={"exam-preparation-months": 6})
    assert usual.months is not None
    assert longer.months is not None
    assert longer.months >= usual.months
    assert any(one.changed for one in longer.assumptions)


def test_two_runs_give_one_plan() -> None:
    assert result_json(planned("charge-nurse", "nha-pa")) == result_json(planned("charge-nurse", "nha-pa"))


def test_what_must_not_be_in_it_is_not_and_what_must_be_is() -> None:
    without = planned("charge-nurse", "clinical-nurse-manager", without=frozenset({"bsn"}))
    assert not [action for action in without.actions if action.target == "bsn"]
    with_ = planned("charge-nurse", "clinical-nurse-manager", with_=(frozenset({"bsn"}),))
    assert [action for action in with_.actions if action.target == "bsn"]


def test_the_cheapest_is_never_dearer_and_the_fastest_never_later() -> None:
    for target in ("clinical-nurse-manager", "nha-pa", "ne-bc"):
        fast, cheap = (planned("charge-nurse", target, objective=one) for one in ("fastest", "cheapest"))
        assert fast.months is not None
        assert cheap.months is not None
        assert fast.months <= cheap.months
        assert fast.cost_usd is not None
        assert cheap.cost_usd is not None
        costs = [(len(one.unpriced), one.known_low) for one in (cheap.cost_usd, fast.cost_usd)]
        assert costs == sorted(costs)


# --- replay -----------------------------------------------------------------------------------------------------------


def replayed(drop: str = "", shift: tuple[str, int] = ("", 0)) -> list[str]:
    """The replay of the nurse's plan with one step left out, or moved by some months."""
    from hsm_planner.planner.dated import shifted, steps_of
    from hsm_planner.planner.person import Planner
    from hsm_planner.planner.search import solve

    someone, _ = read_profile((ROOT / "examples" / "charge-nurse.yaml").read_text(encoding="utf-8"), "x")
    planner = Planner(someone, knowledge(), Goal("license", "nha-pa", "PA"), AS_OF, Wishes())
    routes = planner.routes(planner.limits)
    solution = solve(routes.problem)
    assert solution.schedule is not None
    steps = [
        step for step in steps_of(routes, shifted(routes.problem, solution.schedule), planner.origin) if step.id != drop
    ]
    days = dt.timedelta(days=31 * shift[1])
    steps = [_moved(step, days) if step.id == shift[0] else step for step in steps]
    assumed = {step.id.partition(":")[2] for step in steps if step.kind == "confirm"}
    assumed |= {routes.actions[step.id].statement or "" for step in steps if step.kind == "confirm"}
    replay = Replay(knowledge(), planner.own, Target("nha-pa", "PA"), steps, frozenset(assumed))
    entry = knowledge().license("nha-pa")
    assert entry is not None
    return list(replay.problems(entry, dt.date(2028, 6, 1)))


def _moved(step: Step, days: dt.timedelta) -> Step:
    lasting = replace(step.lasting, first=step.lasting.first + days, last=step.lasting.last + days)
    return replace(step, lasting=lasting)


def test_the_replay_lets_a_sound_plan_pass() -> None:
    assert replayed() == []


@pytest.mark.parametrize(
    "drop", ["exam:nab-core", "exam:state-pa-nha", "course:nha-pa.route-two-years.programme", "get:nha-pa"]
)
def test_the_replay_refuses_a_plan_that_lacks_a_step(drop: str) -> None:
    assert replayed(drop=drop)


def test_the_replay_refuses_a_plan_in_which_a_step_comes_too_late_or_is_not_confirmed() -> None:
    assert any("nab-core" in problem for problem in replayed(shift=("exam:nab-core", 24)))
    assert any("good-moral-character" in problem for problem in replayed(drop="confirm:nha-pa.good-moral-character"))


# --- text, JSON, command ----------------------------------------------------------------------------------------------

PLANS = [
    ("charge-nurse", "nha-pa"),
    ("charge-nurse", "clinical-nurse-manager"),
    ("medical-assistant", "medical-office-manager"),
]


@pytest.mark.parametrize(("example", "target"), PLANS)
def test_the_json_fits_its_schema(example: str, target: str) -> None:
    result = json.loads(result_json(planned(example, target)))
    jsonschema.validate(result, schema("plan"))
    ids = {action["id"] for action in result["actions"]}
    for action in result["actions"]:
        assert set(action["after"]) <= ids
        assert set(action["closes"]) <= ids
        assert set(action["sources"]) <= set(result["sources"])
        assert action["earliest_start"] <= action["latest_start"]


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize(("example", "target"), PLANS)
def test_the_text_fits_its_width(example: str, target: str, width: int) -> None:
    rows = plain_text(plan_lines(planned(example, target)), width).splitlines()
    assert all(len(row) <= width or " " not in row.strip() for row in rows), max(rows, key=len)
    assert any(row.startswith("In time") for row in rows)


def test_every_example_has_a_plan_or_a_reason() -> None:
    for path in EXAMPLES:
        for target in ("nha-oh", "medical-office-manager", "fache"):
            result = planned(path.stem, target)
            assert result.actions or result.reason or result.status == "done", (path.stem, target)


def test_the_command_tells_exit_codes_and_dumps_the_problem(capsys: pytest.CaptureFixture[str]) -> None:
    example = str(ROOT / "examples" / "charge-nurse.yaml")
    base = ["plan", example, "--target", "nha-pa", "--as-of", "2026-11-23"]
    assert execute([*base, "--check"]) == Exit.DONE
    assert "Soonest" in capsys.readouterr().out
    assert execute([*base, "--check", "--by", "2027-01-15"]) == Exit.NOT_MET
    assert execute([*base, "--by", "2020-01-01"]) == Exit.USAGE
    assert execute([*base, "--assume", "exam-preparation-months=lots"]) == Exit.USAGE
    assert execute([*base, "--assume", "no-such-thing=3"]) == Exit.FAILED
    assert execute([*base, "--study-hours", "999"]) == Exit.USAGE
    capsys.readouterr()
    assert execute([*base, "--dump"]) == Exit.DONE
    assert json.loads(capsys.readouterr().out)["is"] == "Problem"


def test_a_licence_in_force_is_renewed_not_earned_again() -> None:
    nurse = {**NURSE, "education": [{"degree": "ADN", "awarded": "2008-05"}]}
    nurse["credentials"] = [{"id": "rn", "state": "PA", "issued": "2008-06", "expires": "2028-04"}]
    result = planned(nurse, "clinical-nurse-manager")
    kinds = {action.kind: action for action in result.actions}
    assert "apply" not in kinds
    assert kinds["renew"].start <= "2028-04-30"
    assert result.finish is not None
    assert result.finish > "2028-04-30"


def test_only_what_an_office_can_answer_is_asked_of_it() -> None:
    result = planned("assistant-administrator", "nha-oh")
    texts = {action.id: action.text for action in result.actions}
    assert texts["confirm:nha-oh.age"] == "confirm: 21 years of age"
    nurse = {action.id: action.text for action in planned("charge-nurse", "nha-pa").actions}
    assert nurse["confirm:nha-pa.supervisor-related.facility"].startswith("ask Pennsylvania State Board")


def test_a_degree_under_way_is_the_step_and_none_is_bought_again() -> None:
    """The plan waits for the day that the person expects, and says what a no would cost."""
    post = {
        "role": "nurse-manager",
        "setting": "hospital",
        "start": "2015-01",
        "supervises": 20,
        "manages_budget": True,
    }
    degrees = [{"degree": "BSN", "awarded": "2014"}, {"degree": "MHA", "expected": "2028-05"}]
    found = planned({"experience": [post], "education": degrees}, "fache", "OH")
    assert not [one.id for one in found.actions if one.kind == "degree"]
    assert not [one.text for one in found.actions if "BSN" in one.text]  # held already
    coming = next(one for one in found.actions if "you finish it as you expect: MHA" in one.text)
    assert "dearer" in (coming.if_no or "")
    assert found.finish is not None
    assert found.finish > "2028-05-31"


def test_posts_that_lead_to_the_goal_are_tried_before_others() -> None:
    """Two years in one front office post are enough: no second post, and not one that leads elsewhere."""
    found = planned("restaurant-manager", "medical-office-manager")
    posts = [one.target for one in found.actions if one.kind == "post"]
    assert len(posts) == 2
    role = knowledge().role(posts[0] or "")
    assert role is not None
    assert "medical-office-manager" in [edge.role for edge in role.next_roles]
    assert "posts" in found.left_out
    text = plain_text(plan_lines(found))
    assert "nothing sooner is possible with the posts that were tried; others may be" in " ".join(text.split())


def test_a_question_of_how_much_has_no_hopeless_no() -> None:
    found = planned("patient-services-representative", "patient-access-supervisor", "OH")
    asked = [one.if_no or "" for one in found.actions if one.kind == "confirm" and one.text.startswith("ask ")]
    assert asked
    assert all("no plan" not in text and "until you have it" in text for text in asked)


def test_a_post_on_the_ladder_is_a_step_with_what_is_to_be_made_sure_of_it() -> None:
    """Whether an HR manager leads people is likely, not written: it is asked, not a reason for another career."""
    found = planned("hr-specialist", "director-of-hr")
    assert [one.target for one in found.actions if one.kind == "post"] == ["hr-manager-healthcare", "director-of-hr"]
    sure = next(one for one in found.actions if one.text.startswith("make sure, before you take the next post"))
    assert "later" in (sure.if_no or "")
    assert not any("nha" in (one.target or "") for one in found.actions)


def test_a_training_on_an_intake_says_by_when_to_file() -> None:
    found = planned("assistant-administrator", "nha-oh", "OH")
    training = next(one for one in found.actions if one.kind == "training")
    files = {"01": "21 October", "04": "21 January", "07": "21 April", "10": "21 July"}
    assert f"file by {files[training.start[5:7]]}" in (training.note or "").partition("Begins only")[0]


def test_a_plan_lists_the_numbers_that_it_rests_on_and_no_others() -> None:
    exam = {one.id for one in planned("health-information-graduate", "rhia", "OH").assumptions}
    assert exam == {
        "study-hours-per-week", "exam-preparation-months", "exam-preparation-hours", "exam-attempts",
        "credential-wait-months", "horizon-months",
    }  # fmt: skip
    trained = {one.id for one in planned("assistant-administrator", "nha-oh").assumptions}
    assert "training-after-schooling" in trained
    assert not trained & {"hours-per-credit", "search-months-manager", "credits-transferred"}


def test_a_plan_that_is_the_best_but_for_what_was_not_read_says_so() -> None:
    found = planned("patient-services-representative", "patient-access-supervisor", "GA")
    assert (found.status, found.bound, found.but_for_answers) == ("feasible", None, True)
    assert "If the answers below are yes, nothing sooner is possible" in plain_text(plan_lines(found), None)
    sure = planned("charge-nurse", "nha-pa")
    assert (sure.status, sure.but_for_answers) == ("optimal", False)


def test_credits_of_a_lower_degree_are_asked_about_before_a_longer_one() -> None:
    found = planned("medical-assistant", "practice-administrator", "OH")
    study = next(one for one in found.actions if one.kind == "degree")
    assert "how many of your credits it takes" in (study.note or "")
    assert "By the sources" in (study.note or "")


def test_credits_that_a_college_takes_come_off_the_time_and_the_price() -> None:
    """An associate degree of 60 credits, a bachelor's of 120; at least 30 are earned at the college."""
    whole, half, most, none_left = (
        planned("medical-assistant", "practice-administrator", "OH", assume={"credits-transferred": taken})
        for taken in (0, 30, 60, 100)
    )
    degrees = [next(one for one in found.actions if one.kind == "degree") for found in (whole, half, most)]
    costs = [one.cost_usd.high for one in degrees if one.cost_usd]
    assert costs == [47_800, 35_850, 23_900]
    assert [one.months for one in degrees] == [104, 78, 52]
    assert (none_left.months, none_left.cost_usd) == (most.months, most.cost_usd)  # no more than are held
    assert "credits-transferred" in {one.id for one in whole.assumptions}


def test_credits_of_a_degree_under_way_or_not_surely_read_are_not_there_to_be_taken() -> None:
    bachelor = knowledge().programme("bachelor-health-administration")
    assert bachelor is not None

    def credits(**entry: Any) -> int:
        held = resolve(person({"education": [{"degree": "AAS", **entry}]}), knowledge(), Target("", "OH"))
        return loose_credits(held, knowledge().vocabulary, bachelor)

    assert credits(awarded="2019") == 60
    assert credits(expected="2028-05") == 0
    assert credits(awarded="2019", country="India") == 0
    assert credits(awarded="2019", country="India", evaluated=True) == 60
    held = resolve(person({"education": [{"degree": "AAS", "awarded": "2019"}]}), knowledge(), Target("", "OH"))
    master = knowledge().programme("mha")  # lower degrees are no part of the way to it
    assert master is not None
    assert loose_credits(held, knowledge().vocabulary, master) == 0


def test_a_plan_says_what_it_comes_to_if_a_college_takes_the_credits_held() -> None:
    found = planned("medical-assistant", "practice-administrator", "OH", alternatives=1)
    (taken,) = (one for asked in found.ask_first if asked.about == "credits" for one in asked.plans)
    assert found.months is not None
    assert taken.months == found.months - 52
    assert "--assume credits-transferred=60" in taken.text
    held = planned("charge-nurse", "nha-pa", alternatives=1)  # no degree in it
    assert not held.ask_first


def test_an_exam_says_what_is_known_of_its_price() -> None:
    found = planned("assistant-administrator", "nha-oh", "OH")
    sat = {one.target: one.note or "" for one in found.actions if one.kind == "exam"}
    assert "Together with CORE both cost 440 USD" in sat["nab-nha"]
    assert "Apply first" in sat["nab-nha"]


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_what_an_action_does_not_touch_needs_no_second_reading(path: Path) -> None:
    """Reading only the sections that an action touches comes to the same as reading the whole profile after it."""
    own = planning_profile(read_profile(path.read_text(encoding="utf-8"), path.name)[0])
    target = Target("nha-pa", "PA")
    present = resolve(after(own, ()), knowledge(), target)
    first, last = dt.date(2028, 1, 1), dt.date(2029, 12, 31)
    entries: dict[str, dict[str, Any]] = {
        "education": {"degree": "MHA", "awarded": "2029-12-31"},
        "credentials": {"id": "rn", "state": "PA", "issued": "2028-01-01"},
        "applications": {"for": "nha-pa", "submitted": "2028-01-01"},
        "memberships": {"organization": "ache", "since": "2028-01-01"},
        "learning": {"hours": 36, "topic": "healthcare-management", "date": "2028-05"},
        "training": {"kind": "administrator-in-training", "hours": 1000, "start": "2028-01-01", "end": "2029-12-31"},
        "courses": {"name": "medical terminology", "hours": 45},
        "exams": {"id": "nab-core", "passed": "2029-12-31"},
        "volunteering": {"kind": "civic", "date": "2028-05"},
        "references": {"role": "fellow"},
        "experience": {"role": "clinical-nurse-manager", "setting": "hospital", "start": "2028-01-01"},
    }
    for section, entry in entries.items():
        for occupies in (False, True):
            done = Lasting((Effect(section, entry),), first, last, post=section == "experience", occupies=occupies)
            whole = resolve(after(own, [done]), knowledge(), target)
            profile, fields = touched(own, done)
            read = resolve(profile, knowledge(), target)
            found = replace(present, **{field: getattr(read, field) for field in fields})
            assert replace(found, resolved=(), warnings=()) == replace(whole, resolved=(), warnings=()), section


def test_fewer_hours_of_study_do_not_make_an_exam_less_work() -> None:
    """Thirteen weeks of 5 hours: with 2 hours a week it takes longer; with none it cannot be prepared for."""
    exams = {}
    for hours in (2, 4, 5, 12):
        found = planned("charge-nurse", "nha-pa", study_hours=hours)
        exams[hours] = next(one for one in found.actions if one.id == "exam:state-pa-nha")
    months = {
        hours: round((dt.date.fromisoformat(one.end) - dt.date.fromisoformat(one.start)).days / 30.4)
        for hours, one in exams.items()
    }
    assert months == {2: 8, 4: 4, 5: 3, 12: 3}
    assert all(one.hours_per_week <= hours for hours, one in exams.items())


def test_a_way_that_was_not_read_does_not_take_the_place_of_one_that_the_limits_forbid() -> None:
    """Pennsylvania's rule has an unread way; with no hours for the ways that were read there is no plan."""
    found = planned("charge-nurse", "nha-pa", study_hours=0)
    assert (found.status, found.reason and found.reason.kind) == ("impossible", "limits")
    barred = planned("charge-nurse", "nha-pa", without=frozenset({"nab-core"}))
    assert barred.status == "impossible"
    assert not any("unread" in one.id for one in barred.actions)


@pytest.mark.parametrize(
    ("name", "target"),
    [("charge-nurse", "fache"), ("assistant-administrator", "ne-bc"), ("medical-assistant", "nha-ky")],
)
def test_all_that_stands_beside_a_plan_stands_up_to_its_replay(name: str, target: str) -> None:
    """A degree that takes the place of the post leaves a gap in a window; what nothing needs is in no plan."""
    found = planned(name, target, alternatives=2)
    assert found.finish is not None
    assert found.relaxations or found.frontier


def test_who_leads_nobody_and_has_no_budget_is_not_asked_whether_that_was_management() -> None:
    """A title that is a guess may be anything, but not what the profile says that it was not."""
    found = planned("health-information-graduate", "him-director", "OH")
    asked = [one.text for one in found.actions if one.kind == "confirm"]
    assert not any("management or supervising" in text for text in asked)
    posts = [one.target for one in found.actions if one.kind == "post"]
    assert posts == ["him-supervisor", "him-director"]  # the ladder goes up from what the title is taken for


def test_a_confirmation_tells_the_question_that_decides() -> None:
    found = planned("health-information-graduate", "him-director", "OH")
    sure = next(one for one in found.actions if one.text == "confirm: some experience of health information")
    assert sure.note is not None
    assert "We read 'Medical records clerk' as Medical records" in sure.note
    assert (
        "coding" not in sure.note.partition("as Medical")[0]
    )  # what the title means comes before what it may count as


def test_a_regional_director_is_to_be_a_licensed_administrator() -> None:
    found = planned("assistant-administrator", "regional-director-ltc", "OH")
    assert "get:nha-oh" in [one.id for one in found.actions]


def test_the_same_no_is_told_once() -> None:
    text = plain_text(plan_lines(planned("charge-nurse", "nursing-home-administrator", "PA", alternatives=1)), None)
    assert "If the answer is no: as for 3." in text
    assert text.count("- confirm: 1,000 hours of the supervisor's post in the nursing home") == 1


def test_posts_farther_off_are_tried_where_the_nearest_lead_nowhere() -> None:
    """An executive's post asks years in others, which no rule that was read gives from nothing but the ladder."""
    found = planned("health-administration-graduate", "fache", "NC")
    posts = [one.target for one in found.actions if one.kind == "post"]
    assert len(posts) > 2
    assert found.status == "feasible"


def test_all_hours_of_continuing_education_lie_in_its_window_not_its_last_day_alone() -> None:
    nurse = {
        **NURSE,
        "experience": [{"role": "registered-nurse", "setting": "hospital", "start": "2025-10", "supervises": 0}],
        "learning": [],
    }
    steps = {action.kind: action for action in planned(nurse, "ne-bc", study_hours=1).actions}
    first, last = dt.date.fromisoformat(steps["learning"].start), dt.date.fromisoformat(steps["apply"].start)
    assert steps["learning"].months > 1
    assert first >= last.replace(year=last.year - 3)


def test_a_degree_says_where_the_hours_would_do_for_fewer_months_within_what_the_sources_name() -> None:
    def note(hours: int) -> tuple[int, str]:
        degree = next(action for action in planned("charge-nurse", "ne-bc", study_hours=hours).actions
                      if action.kind == "degree")  # fmt: skip
        return degree.months, degree.note or ""

    assert note(12)[0] == 48  # the longest length that a source gives, as `range-end` says
    assert "Your 12 hours a week would do for 39 months" in note(12)[1]
    assert "would do for" not in note(9)[1]
    assert "would do for" not in note(14)[1]  # 34 months: no source names so few part time
    assert "would do for" not in note(24)[1]


def test_a_degree_says_to_ask_for_credits_that_it_may_have_in_it() -> None:
    def note(target: str, state: str | None = None) -> str:
        steps = planned("records-specialist", target, state).actions
        return next(action.note or "" for action in steps if action.kind == "degree")

    assert "in all four NAB domains (Texas), 12 credits. Then that step falls away." in note("nha-tx")
    assert "falls away" not in note("nha-oh", "OH")  # a course of hours is none
