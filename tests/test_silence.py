"""What is silent, vague or contradictory is never a yes; and nobody is sold what they have."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hsm_planner.cli.exits import Exit
from hsm_planner.cli.main import execute
from hsm_planner.report.terminal import plain_text
from hsm_planner.report.text import report
from tests.support import AS_OF, ROOT, assessed, evaluate_rule, grow


def status(rule: dict[str, Any], profile: dict[str, Any], **target: Any) -> str:
    return evaluate_rule(
        {"id": "t.x", **rule}, profile, AS_OF, {"id": "test-target", **target} if target else None
    ).status


# --- learning ---------------------------------------------------------------------------------------------------------

FACHE_LEARNING = {
    "kind": "learning",
    "topics": ["healthcare-management"],
    "at_least": {"hours": 36},
    "within": {"years": 3},
    "parts": [
        {"id": "t.a", "providers": ["ache"], "kinds": ["in-person"], "at_least": {"hours": 12}},
        {"id": "t.b", "providers": ["ache"], "kinds": ["virtual-interactive"], "at_most": {"hours": 24}},
        {"id": "t.c", "rest": True, "at_most": {"hours": 12}},
    ],
}


def hours(number: float, count: int = 1, **keys: Any) -> list[dict[str, Any]]:
    return [{"hours": number, "topic": "healthcare-management", "date": "2026-01-10", **keys}] * count


@pytest.mark.parametrize("count", [4, 18, 40])
def test_many_items_of_open_kind_do_not_add_up_to_a_yes(count: int) -> None:
    items = [*hours(12, provider="ache", kind="in-person"), *hours(36 / count, count, provider="ache")]
    assert status(FACHE_LEARNING, {"learning": items}) == "unknown"


def test_a_chapter_of_the_provider_may_be_the_provider() -> None:
    items = [
        *hours(12, provider="ACHE of Ohio chapter", kind="in-person"),
        *hours(24, provider="ache", kind="virtual-interactive"),
    ]
    assert status(FACHE_LEARNING, {"learning": items}) == "unknown"


# --- posts ------------------------------------------------------------------------------------------------------------


def test_a_licence_does_not_reach_back_before_its_day() -> None:
    profile = {
        "education": [{"degree": "BSN", "awarded": "2025-12"}],
        "experience": [
            {"title": "Charge nurse", "setting": "nursing-home", "start": "2005-01", "end": "2010-12", "supervises": 5}
        ],
        "credentials": [
            {"id": "lpn", "state": "OH", "issued": "2004-01"},
            {"id": "rn", "state": "OH", "issued": "2026-02"},
        ],
    }
    assert assessed(profile, "clinical-nurse-manager", state="OH").verdict == "unknown"


def test_parts_apart_from_each_other_do_not_count_a_post_twice() -> None:
    rule = {
        "kind": "experience",
        "of": ["nursing"],
        "disjoint": True,
        "parts": [
            {"id": "t.one", "at_least": {"hours": 4000}},
            {"id": "t.two", "at_least": {"hours": 4000}, "within": {"years": 2}},
        ],
    }
    post = {"title": "Zq", "kinds": ["nursing"], "start": "2023-11-23", "hours_per_week": 40}
    assert status(rule, {"experience": [post]}) == "partly"


def test_a_shared_day_counts_by_the_hours_of_its_own_post() -> None:
    rule = {
        "kind": "experience",
        "of": ["healthcare"],
        "disjoint": True,
        "parts": [
            {"id": "t.one", "of": ["nursing"], "at_least": {"hours": 1000}},
            {"id": "t.two", "of": ["healthcare-management"], "at_least": {"hours": 1000}},
        ],
    }
    posts = [
        {"title": "A", "kinds": ["nursing"], "start": "2025-11-23", "hours_per_week": 10},
        {"title": "B", "kinds": ["healthcare-management"], "start": "2025-11-23", "hours_per_week": 40},
    ]
    assert status(rule, {"experience": posts}) == "partly"


def test_a_post_without_an_area_may_be_of_the_area_named() -> None:
    rule = {"kind": "experience", "of": ["healthcare"], "at_least": {"years": 3}, "share_at_most": "2/3"}
    posts = [
        {"title": "A", "kinds": ["healthcare"], "area": "finance", "start": "2020-01", "end": "2021-12"},
        {"title": "B", "kinds": ["healthcare"], "start": "2022-01", "end": "2023-12"},
    ]
    assert status(rule, {"experience": posts}) == "unknown"


def test_windows_of_parts_keep_an_uncertain_application_uncertain() -> None:
    rule = {
        "kind": "experience",
        "of": ["nursing"],
        "before": "application",
        "parts": [
            {"id": "t.p", "where": {"beds_at_least": 1}, "at_least": {"years": 3}, "within": {"years": 5}},
        ],
    }
    profile = {
        "applications": [{"for": "nha-pa", "submitted": "2021"}],
        "experience": [
            {"title": "A", "kinds": ["nursing"], "beds": 10, "start": "2015-01", "end": "2019-06"},
            {"title": "B", "kinds": ["nursing"], "start": "2019-07", "end": "2020-12"},
        ],
    }
    assert status(rule, profile, id="nha-pa") == "unknown"


def test_the_best_window_does_not_depend_on_chance() -> None:
    code = (
        "import datetime as dt; from tests.support import evaluate_rule;"
        "rule = {'id': 't.x', 'kind': 'experience', 'of': ['healthcare'], 'at_least': {'months': 6},"
        " 'any_window': {'months': 12}, 'parts': [{'id': 't.p', 'of': ['supervision'], 'at_least': {'months': 3}}]};"
        "posts = [{'title': 'A', 'kinds': ['healthcare'], 'start': '2020-01', 'end': '2021-12'},"
        " {'title': 'B', 'kinds': ['healthcare', 'supervision'], 'start': '2023-01', 'end': '2024-12'}];"
        "print(evaluate_rule(rule, {'experience': posts}, dt.date(2026, 11, 23)).status)"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "2", "3")
    }
    assert len(answers) == 1


# --- training ---------------------------------------------------------------------------------------------------------


def test_hours_spread_thin_are_not_full_time() -> None:
    rule = {
        "kind": "training",
        "programmes": ["administrator-in-training"],
        "at_least": {"months": 9},
        "full_time": True,
    }
    thin = {"kind": "AIT", "hours": 300, "start": "2024-01-01", "end": "2024-12-31"}
    assert status(rule, {"training": [thin]}) == "unmet"
    assert status(rule, {"training": [{**thin, "hours": 2080}]}) == "met"


@pytest.mark.parametrize("item", [{"kind": "AIT", "hours": 1600}, {"kind": "AIT"}, {"kind": "AIT", "end": "2024-06"}])
def test_training_without_dates_may_be_long_enough(item: dict[str, Any]) -> None:
    rule = {"kind": "training", "programmes": ["administrator-in-training"], "at_least": {"months": 9}}
    assert status(rule, {"training": [item]}) == "unknown"


# --- education --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("entry", [{"degree": "MA Medical Assisting"}, {"degree": "MA", "field": "medical assisting"}])
def test_ma_medical_assisting_is_no_masters_for_sure(entry: dict[str, Any]) -> None:
    assert status({"kind": "degree", "level": "master"}, {"education": [{**entry, "awarded": "2015-05"}]}) != "met"
    assert (
        status({"kind": "degree", "level": "master"}, {"education": [{"degree": "MA", "field": "gerontology"}]})
        == "met"
    )


def test_some_college_may_be_any_number_of_credits() -> None:
    rule = {"kind": "credits", "at_least": {"credits": 60}}
    assert status(rule, {"education": [{"level": "some-college"}]}) == "unknown"


def test_the_day_of_an_uncertain_degree_is_uncertain() -> None:
    rule = {
        "kind": "experience",
        "of": ["nursing"],
        "at_least": {"years": 2},
        "after": {"event": "degree", "level": "bachelor", "fields": ["nursing"]},
    }
    post = {"title": "A", "kinds": ["nursing"], "start": "2015-01"}
    for degree in ({"level": "bachelor"}, {"degree": "BSN"}, {"degree": "BSN", "country": "Canada", "awarded": "2010"}):
        assert status(rule, {"education": [degree], "experience": [post]}) == "unknown", degree


# --- guards and alternatives ------------------------------------------------------------------------------------------


def test_a_way_that_may_not_apply_is_not_surely_a_way() -> None:
    rule = {
        "kind": "any_of",
        "of": [
            {"id": "t.b", "kind": "degree", "level": "bachelor"},
            {
                "id": "t.e",
                "kind": "experience",
                "of": ["nursing"],
                "at_least": {"years": 5},
                "when": {"states": ["TX"]},
            },
        ],
    }
    profile = {"education": [], "experience": [{"title": "A", "kinds": ["nursing"], "start": "2010-01"}]}
    assert status(rule, profile) == "unknown"
    assert status(rule, profile, id="x", state="OH") == "unmet"
    assert status(rule, profile, id="x", state="TX") == "met"
    everyone = {"kind": "all_of", "of": rule["of"][1:]}
    assert status(everyone, profile) == "met"


@pytest.mark.parametrize("order", [1, -1])
def test_the_day_of_hire_is_uncertain_where_posts_differ(order: int) -> None:
    rule = {"kind": "degree", "level": "bachelor", "when": {"hired_before": "2020-01-01"}}
    posts = [{"role": "charge-nurse", "start": "2015-01"}, {"role": "charge-nurse", "start": "2025-01"}][::order]
    assert status(rule, {"education": [], "experience": posts}, id="charge-nurse") == "unknown"
    undated = [{"role": "charge-nurse"}]
    assert status(rule, {"education": [], "experience": undated}, id="charge-nurse") == "unknown"


def test_an_unusual_way_that_is_begun_gives_hope() -> None:
    administrator = {
        "born": "1970-01",
        "education": [{"level": "associate", "awarded": "1995-05"}],
        "credentials": [{"id": "nha", "state": "PA", "issued": "2010-01"}],
        "exams": [{"id": "state-oh-nha", "passed": "2026-01-10"}],
        "training": [],
        "courses": [],
        "experience": [],
        "applications": [],
        "memberships": [],
    }
    result = assessed(administrator, "nha-oh")
    assert result.verdict == "unknown"
    assert result.finding("nha-oh.other-state").status == "unknown"


def test_a_statement_dated_later_does_not_answer_yet() -> None:
    rule = {"kind": "statement", "statement": "background-check", "text": "a check"}
    assert status(rule, {"statements": {"background-check": {"value": True, "date": "2030-01-01"}}}) == "unknown"


# --- credentials ------------------------------------------------------------------------------------------------------


def test_the_compact_begins_on_its_day() -> None:
    rule = {"id": "t.x", "kind": "license", "credential": "rn", "state": "PA"}
    held = {"credentials": [{"id": "rn", "state": "OH", "issued": "2010-01", "multistate": True}]}
    for day, expected in (("2025-07-06", "unmet"), ("2025-07-07", "met")):
        assert evaluate_rule(rule, held, dt.date.fromisoformat(day)).status == expected


def test_a_licence_without_its_state_may_be_the_one_asked() -> None:
    held = {"credentials": [{"id": "nha"}], "exams": []}
    assert status({"kind": "license", "credential": "nha-oh"}, held) == "unknown"
    assert status({"kind": "exam", "exam": "nab-core"}, held) == "unknown"


def test_a_licence_of_two_states_at_once_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("schema_version: 1\ncredentials: [{id: nha-oh, state: PA}]\n", encoding="utf-8")
    assert execute(["assess", str(path), "-t", "nha-pa", "--json"]) == Exit.FAILED
    error = json.loads(capsys.readouterr().out)["errors"][0]
    assert (error["line"], error["path"]) == (2, "credentials[0].state")


# --- questions, confirming, and what is offered -----------------------------------------------------------------------


def test_what_is_unknown_has_a_question() -> None:
    rule = {
        "id": "t.x",
        "kind": "points",
        "minimum": 1200,
        "awards": [
            {"id": "t.a", "for": {"id": "t.b", "kind": "experience", "of": ["healthcare-management"]}, "per_year": 600}
        ],
    }
    item = grow(
        rule, {"experience": [{"title": "A", "kinds": ["healthcare-management"], "start": "2024"}]}, AS_OF, None
    )
    assert item.status.value == "unknown"
    assert item.known.outcome is not None
    assert item.known.outcome.questions
    nobody = grow(rule, {}, AS_OF, None).known.outcome
    assert nobody is not None
    assert nobody.have is None


def test_confirm_names_what_is_granted() -> None:
    manager = {
        "education": [],
        "credentials": [],
        "memberships": [{"organization": "mgma", "since": "2015-01", "type": "member"}],
        "experience": [{"title": "Practice manager", "start": "2010-01", "supervises": 9, "manages_budget": True}],
    }
    result = assessed(manager, "cmpe")
    assert (result.verdict, result.if_confirmed) == ("unknown", "ready")
    assert result.confirm == ("cmpe.pathway-three",)


def test_a_holder_is_offered_nothing() -> None:
    result = assessed(
        {"education": [], "credentials": [{"id": "nha-oh", "issued": "2020-01"}], "training": []}, "nha-oh"
    )
    assert result.target.held
    assert (result.gaps, result.confirm, result.questions) == ((), (), ())
    assert not any(finding.options for finding in result.findings)


def test_who_may_apply_is_offered_no_other_degree() -> None:
    degree = {"degree": "BSHIM", "awarded": "2026-05", "accredited_by": ["cahiim"]}
    result = assessed({"education": [degree]}, "rhia")
    assert result.verdict == "ready"
    assert not any(finding.options for finding in result.findings if finding.kind == "degree")


def test_a_degree_under_way_needs_no_other() -> None:
    result = assessed(
        {"education": [{"degree": "MHA", "expected": "2027-05"}, {"degree": "BHA", "awarded": "2020"}]}, "fache"
    )
    options = result.finding("fache.degree").options
    assert [option.action for option in options] == ["confirm"]


def test_renewing_is_said_to_those_whose_licence_lapsed() -> None:
    texas = {"credentials": [{"id": "rn", "state": "TX", "issued": "2015-01", "expires": "2030-01"}]}
    licence = assessed(texas, "charge-nurse", state="CA").finding("charge-nurse.required-license")
    assert licence.status == "unmet"
    assert not any(option.action == "renew" for option in licence.options)


def test_ways_that_build_on_what_was_studied_come_first_and_detours_last() -> None:
    wanted = {"education": [{"degree": "BA", "field": "business", "awarded": "2009"}], "experience": []}
    finding = assessed(wanted, "ambulatory-clinic-manager").finding("ambulatory-clinic-manager.preferred-degree")
    detours = ["after this" in option.text for option in finding.options]
    assert detours == sorted(detours)
    assert any(detours)
    records = {"education": [{"degree": "AAS Health Information Technology", "awarded": "2017"}]}
    finding = assessed(records, "health-information-manager").finding("health-information-manager.typical-degree")
    assert "health information" in finding.options[0].text


def test_a_degree_of_a_later_day_is_no_start_for_another() -> None:
    late = assessed({"education": [{"degree": "BHA", "awarded": "2029-05"}]}, "fache").finding("fache.degree")
    none = assessed({"education": []}, "fache").finding("fache.degree")
    assert late.options[0].months.low == none.options[0].months.low


# --- the command line -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &a [*a]", "too-many"),
        ("education: [{credits: 1.0e400}]", "bad-value"),
        ("experience: [{title: X, supervises: true}]", "wrong-type"),
        ("experience: [{title: X, manages_budget: 'yes'}]", "wrong-type"),
        ("references: {count: 3000000}", "bad-value"),
        ("target: {id: rhia, setting: hosptal}", "unknown-id"),
    ],
)
def test_odd_values_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, code: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(f"schema_version: 1\n{text}\n", encoding="utf-8")
    assert execute(["assess", str(path), "-t", "rhia", "--json"]) == Exit.FAILED
    assert code in {error["code"] for error in json.loads(capsys.readouterr().out)["errors"]}


def test_a_target_of_another_state_and_the_profile_as_output_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "p.json"
    path.write_text('{"schema_version": 1}', encoding="utf-8")
    assert execute(["assess", str(path), "-t", "nha-oh", "--state", "PA"]) == Exit.FAILED
    assert execute(["assess", str(path), "-t", "rhia", "-o", str(path)]) == Exit.USAGE
    assert path.read_text(encoding="utf-8") == '{"schema_version": 1}'
    capsys.readouterr()
    assert execute(["knowledge", "check", "--json"]) == Exit.DONE
    assert json.loads(capsys.readouterr().out)["command"] == "knowledge check"


def test_a_measure_that_asks_nothing_says_so() -> None:
    result = assessed({"name": "N. N."}, "medical-office-manager", state="OH", standard="required")
    assert "Nothing is asked by this measure" in plain_text(report(result))
