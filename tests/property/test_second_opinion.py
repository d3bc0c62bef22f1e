"""Two evaluators, written apart from the same documents, must answer alike.

The first examples hold the second opinion itself to the sentences of the documents; the rest compares it with the
evaluator of the package over many drawn cases. Set HSM_SECOND_OPINION_CASES for more or fewer of them.
"""

from __future__ import annotations

import os
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
import yaml

from tests import naive
from tests.property import generate
from tests.support import evaluate_rule, words

Node = dict[str, Any]

CASES = int(os.environ.get("HSM_SECOND_OPINION_CASES", "3000"))
CHUNK = 100
SHOWN = 3  # mismatches printed for each chunk

AS_OF = date(2026, 11, 23)
NOWHERE: Node = {"id": "nha-pa", "state": None, "beds": None, "setting": None}
SMALL_WORDS: Node = {
    "kinds": {
        "healthcare": [],
        "management": [],
        "supervision": [],
        "nursing": ["healthcare"],
        "healthcare-management": ["healthcare", "management"],
    },
    "fields": {"health-care": [], "nursing": ["health-care"], "business": []},
    "topics": {"leadership": [], "nursing-leadership": ["leadership"]},
    "levels": {
        "associate": {"satisfies": ["associate"], "credits": 60, "professional": False},
        "bachelor": {"satisfies": ["associate", "bachelor"], "credits": 120, "professional": False},
        "master": {"satisfies": ["associate", "bachelor", "master"], "credits": 120, "professional": False},
        "first-professional": {"satisfies": ["associate", "bachelor"], "credits": 120, "professional": True},
    },
    "credentials": {
        "rn": {"family": "rn", "state": None, "exams": ["nclex-rn"], "replaces": [], "compact": ["PA", "TX"]},
        "nha-oh": {"family": "nha", "state": "OH", "exams": ["nab-core"], "replaces": [], "compact": []},
    },
}


def opinion(rule: Node, profile: Node, as_of: date = AS_OF, *, confirmed: bool = False) -> naive.Answer:
    """The second opinion over a small vocabulary."""
    return naive.evaluate(rule, profile, as_of, target=NOWHERE, words=SMALL_WORDS, confirmed=confirmed)


def years(posts: list[Node], as_of: date = AS_OF, need: float = 3, **options: Any) -> naive.Answer:
    """Years of health care in some posts."""
    rule = {"id": "t.n1", "kind": "experience", "of": ["healthcare"], "at_least": {"years": need}, **options}
    return opinion(rule, {"experience": [{"kinds": ["healthcare"], **post} for post in posts]}, as_of)


def exactly(number: Fraction | int) -> tuple[Fraction, Fraction]:
    """A range without width."""
    return (Fraction(number), Fraction(number))


# --- the documents' own examples ------------------------------------------------------------------------------


def test_three_calendar_years_are_three_years() -> None:
    assert years([{"start": "2020-01", "end": "2022-12"}]) == naive.Answer("met", exactly(3))


def test_a_post_still_held_is_complete_on_its_anniversary() -> None:
    held = [{"start": "2021-11-23"}]
    assert years(held, need=5) == naive.Answer("met", exactly(5))
    assert years(held, date(2026, 11, 22), need=5).status == "partly"


def test_an_anniversary_of_29_february_is_complete_on_28_february() -> None:
    assert years([{"start": "2020-02-29"}], date(2023, 2, 28)).have == exactly(3)


def test_runs_add_up_and_a_split_changes_nothing() -> None:
    apart = [{"start": "2018-01", "end": "2019-06"}, {"start": "2021-01", "end": "2022-06"}]
    split = [{"start": "2020-01", "end": "2020-01-17"}, {"start": "2020-01-18", "end": "2022-12"}]
    assert years(apart).have == exactly(3)
    assert years(split).have == exactly(3)


def test_part_time_counts_pro_rata_and_a_day_once() -> None:
    half = [{"start": "2020-01", "end": "2022-12", "hours_per_week": 20}]
    assert years(half).have == exactly(3 * Fraction(20, 35))
    assert years(half * 2).have == exactly(3)
    assert years(half, full_time="any").have == exactly(3)
    assert years(half, full_time=True) == naive.Answer("unmet", exactly(0))


def test_hours_are_not_capped() -> None:
    rule = {"id": "t.n1", "kind": "experience", "of": ["healthcare"], "at_least": {"hours": 100}}
    post = {"kinds": ["nursing"], "start": "2020-01-01", "end": "2020-01-07"}
    assert opinion(rule, {"experience": [post, post]}) == naive.Answer("partly", exactly(80))


def test_a_window_includes_its_first_day() -> None:
    posts = [{"start": "2023-11-22", "end": "2023-11-23"}]
    rule = {"id": "t.n1", "kind": "experience", "of": ["healthcare"], "at_least": {"hours": 1}, "within": {"years": 3}}
    found = opinion(rule, {"experience": [{"kinds": ["healthcare"], **post} for post in posts]})
    assert found.have == exactly(Fraction(40, 7))


def test_a_year_alone_is_a_range() -> None:
    found = years([{"start": "2020", "end": "2023"}])
    assert found.status == "unknown"
    assert found.have is not None
    assert found.have[1] == 4


def test_loose_credits_may_lie_inside_a_degree() -> None:
    rule = {"id": "t.n1", "kind": "credits", "at_least": {"credits": 90}}
    loose = {"credits": 60}
    associate = {"level": "associate", "awarded": "2020"}
    assert opinion(rule, {"education": [associate, loose]}) == naive.Answer("unknown", (Fraction(60), Fraction(120)))
    assert opinion(rule, {"education": [loose]}) == naive.Answer("partly", exactly(60))
    apart = {**loose, "not_in_degree": True}
    assert opinion(rule, {"education": [associate, apart]}) == naive.Answer("met", exactly(120))


def test_an_absent_section_is_unknown_and_an_empty_one_is_none() -> None:
    rule = {"id": "t.n1", "kind": "degree", "level": "bachelor"}
    assert opinion(rule, {}).status == "unknown"
    assert opinion(rule, {"education": []}).status == "unmet"
    assert opinion(rule, {"education": [{"credits": 3}]}).status == "partly"
    assert opinion(rule, {"education": [{"level": "bachelor", "expected": "2027-05"}]}).status == "partly"


def test_a_first_professional_degree_is_a_master_only_where_the_rule_says_so() -> None:
    rule = {"id": "t.n1", "kind": "degree", "level": "master"}
    held = {"education": [{"level": "first-professional", "awarded": "2020"}]}
    assert opinion(rule, held).status == "unmet"
    assert opinion({**rule, "counts_first_professional": True}, held).status == "met"


def test_a_usual_statement_is_met_if_confirmed() -> None:
    rule = {"id": "t.n1", "kind": "statement", "statement": "good-moral-character", "usual": True}
    assert opinion(rule, {}).status == "unknown"
    assert opinion(rule, {}, confirmed=True).status == "met"
    assert opinion(rule, {"statements": {"good-moral-character": False}}, confirmed=True).status == "unmet"


def test_disjoint_parts_share_no_day() -> None:
    parts = [
        {"id": "t.n2", "of": ["supervision"], "at_least": {"years": 1}},
        {"id": "t.n3", "of": ["management"], "at_least": {"years": 1}},
    ]
    rule = {"id": "t.n1", "kind": "experience", "of": ["healthcare"], "parts": parts}
    post = {"kinds": ["healthcare-management", "supervision"], "start": "2020-01", "end": "2021-06"}
    longer = {**post, "end": "2021-12"}
    assert opinion(rule, {"experience": [post]}).status == "met"
    assert opinion({**rule, "disjoint": True}, {"experience": [post]}).status == "partly"
    assert opinion({**rule, "disjoint": True}, {"experience": [longer]}).status == "met"


def test_the_latest_run_up_ends_with_the_first_other_day_before_it() -> None:
    part = {"id": "t.n2", "of": ["management"], "at_least": {"years": 1}, "latest": True}
    rule = {"id": "t.n1", "kind": "experience", "of": ["healthcare"], "parts": [part]}
    led = {"kinds": ["healthcare-management"], "start": "2022-01", "end": "2022-12"}
    nursed = {"kinds": ["nursing"], "start": "2021-01", "end": "2021-12"}
    after = {"kinds": ["nursing"], "start": "2024-01", "end": "2024-01"}
    assert opinion(rule, {"experience": [nursed, led]}).status == "met"
    assert opinion(rule, {"experience": [nursed, led, after]}).status == "unmet"


def test_an_unusual_way_does_not_keep_the_choice_open() -> None:
    unusual = {"id": "t.n3", "kind": "unread", "about": "other", "text": "x"}
    rule = {"id": "t.n1", "kind": "any_of", "of": [{"id": "t.n2", "kind": "degree", "level": "bachelor"}, unusual]}
    assert opinion(rule, {"education": []}).status == "unknown"
    rule["of"] = [rule["of"][0], {**unusual, "usual": False}]
    assert opinion(rule, {"education": []}).status == "unmet"
    rule["of"] = [{**unusual, "usual": False}, {**unusual, "id": "t.n4", "usual": False}]
    assert opinion(rule, {"education": []}).status == "unknown"


def test_a_multistate_licence_counts_in_the_states_of_its_compact() -> None:
    rule = {"id": "t.n1", "kind": "license", "credential": "rn", "state": "PA", "current": True}
    held: Node = {"id": "rn", "state": "TX", "issued": "2020-01"}
    assert opinion(rule, {"credentials": [{**held, "multistate": True}]}).status == "met"
    assert opinion(rule, {"credentials": [held]}).status == "unknown"
    assert opinion(rule, {"credentials": [{**held, "multistate": False}]}).status == "unmet"
    assert opinion({**rule, "state": "target"}, {"credentials": [held]}).status == "unknown"


def test_one_post_earns_under_one_heading() -> None:
    awards = [
        {"id": "t.n2", "for": {"id": "t.n3", "kind": "experience", "of": ["management"]}, "per_year": 3},
        {"id": "t.n4", "for": {"id": "t.n5", "kind": "experience", "of": ["healthcare"]}, "per_year": 1},
    ]
    rule = {"id": "t.n1", "kind": "points", "minimum": 7, "awards": awards}
    post = {"kinds": ["healthcare-management"], "start": "2020-01", "end": "2021-12"}
    assert opinion(rule, {"experience": [post]}) == naive.Answer("partly", exactly(6))
    awards[0]["yearly_maximum"] = 2
    assert opinion(rule, {"experience": [post]}) == naive.Answer("partly", exactly(4))


# --- both evaluators ------------------------------------------------------------------------------------------


def differs(expected: naive.Answer, status: str, have: tuple[Fraction, Fraction] | None) -> bool:
    """Do the answers differ? Where the second opinion has no number, only the statuses are compared."""
    return status != expected.status or (expected.have is not None and have != expected.have)


def report(seed: int, case: generate.Case, confirmed: bool, expected: naive.Answer, found: str) -> str:
    """Everything needed to see why two answers differ."""
    written = yaml.safe_dump({"rule": case.rule, "profile": case.profile, "target": case.target}, sort_keys=False)
    return (
        f"seed {seed}, as of {case.as_of}, confirmed {confirmed}\n{written}"
        f"second opinion: {expected}\nevaluator:      {found}\n"
    )


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_both_evaluators_agree(first: int) -> None:
    vocabulary = words()
    mismatches = []
    for seed in range(first, min(first + CHUNK, CASES)):
        case = generate.case(seed, vocabulary)
        for confirmed in (False, True):
            expected = naive.evaluate(
                case.rule, case.profile, case.as_of, target=case.target, words=vocabulary, confirmed=confirmed
            )
            found = evaluate_rule(case.rule, case.profile, case.as_of, case.target, confirmed)
            if differs(expected, found.status, found.have):
                answer = f"status={found.status!r}, have={found.have!r}"
                mismatches.append(report(seed, case, confirmed, expected, answer))
                break
    assert not mismatches, f"{len(mismatches)} of {CHUNK} cases differ\n\n" + "\n".join(mismatches[:SHOWN])
