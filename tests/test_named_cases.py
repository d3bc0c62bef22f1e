"""Cases that must stay: each is a way in which a planner of this kind has been wrong."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

from hsm_planner.engine.assess import STANDARDS
from hsm_planner.engine.result import Assessment
from hsm_planner.report.terminal import plain_text
from hsm_planner.report.text import report
from tests.support import AS_OF, assessed, evaluate_rule, knowledge

TARGETS = [(kind, raw["id"]) for kind, raw in knowledge().raw_targets()]

EVERYTHING: dict[str, Any] = {
    "born": "1960-01",
    "education": [
        {"level": level, "field": field, "awarded": f"{year}-05", "accredited_by": ["cahiim", "cahme", "ceph", "nab"]}
        for year, level, field in [
            (1978, "high-school", "business"),
            (1979, "postsecondary-certificate", "clinical-other"),
            (1980, "rn-diploma", "nursing"),
            (1981, "associate", "nursing"),
            (1983, "bachelor", "business"),
            (1984, "bachelor", "nursing"),
            (1984, "bachelor", "public-health"),
            (1985, "bachelor", "health-information"),
            (1986, "post-bacc-certificate", "health-information"),
            (1988, "master", "health-administration"),
            (1989, "master", "nursing"),
            (1990, "master", "health-information"),
            (1994, "doctorate", "health-administration"),
            (1995, "first-professional", "clinical-other"),
        ]
    ]
    + [{"credits": 60, "field": field} for field in ("business", "health-administration")],
    "experience": [
        {
            "title": "Everything",
            "kinds": [kind.id for kind in knowledge().words.kinds],
            "setting": "nursing-home",
            "start": "1990-01",
            "hours_per_week": 60,
            "supervises": 500,
            "manages_budget": True,
            "administrator_of_record": True,
            "beds": 400,
            "supervised_by": ["nha"],
        }
    ],
    "credentials": [
        {"id": facts.id, "state": facts.state or "PA", "multistate": True, "issued": "2000-01", "expires": "2040-01"}
        if facts.family in ("nha", "rn", "lpn")
        else {"id": facts.id, "issued": "2000-01", "expires": "2040-01"}
        for facts in knowledge().vocabulary.credentials.values()
    ],
    "applications": [
        {
            "for": facts.id,
            "purchased": "2026-01",
            "submitted": "2026-11-22",
            "registered": "2000-01",
            "approved": "2000-02",
        }
        for facts in knowledge().vocabulary.credentials.values()
    ],
    "memberships": [
        {"organization": organization.id, "since": "2000-01", "type": "member"}
        for organization in knowledge().words.organizations
    ],
    "learning": [
        {"hours": 400, "topic": topic.id, "kind": kind.id, "provider": provider, "date": "2026-06-01"}
        for topic in knowledge().words.topics
        for kind in knowledge().words.learning_kinds
        for provider in ("ache", "mgma")
    ],
    "training": [
        {
            "kind": programme.id,
            "hours": 4000,
            "start": start,
            "end": end,
            "hours_per_week": 40,
            "registered": True,
            "within_degree": within_degree,
        }
        for programme in knowledge().words.training
        for start, end, within_degree in (("2000-03", "2003-03", False), ("2024-09", "2026-09", True))
    ],
    "courses": [
        {"name": course.id, "hours": 1000, "semester_hours": 100, "date": "2000-01"}
        for course in knowledge().words.courses
    ],
    "exams": [{"id": exam, "passed": "2026-01"} for exam in knowledge().vocabulary.labels["exam"]],
    "volunteering": [{"kind": kind, "date": "2026-01-15"} for kind in ("civic", "healthcare")] * 10,
    "references": [{"role": role.id} for role in knowledge().words.references] * 5,
    "skills": {skill.id: 5 for skill in knowledge().pathway.skills},
    "statements": {statement.id: True for statement in knowledge().statements},
}


def unread_on_path(result: Assessment) -> bool:
    kinds = ("unread", "amount_not_found")
    return any(found.on_path and found.kind in kinds and found.status == "unknown" for found in result.findings)


@pytest.mark.parametrize(("kind", "id_"), TARGETS)
def test_a_profile_with_only_a_name_is_ready_for_nothing_that_asks(kind: str, id_: str) -> None:
    result = assessed({"name": "N. N."}, id_, state="PA")
    asks = [f for f in result.findings if f.on_path and f.kind not in ("all_of", "any_of", "at_least", "nothing_asked")]
    if asks:
        assert result.verdict != "ready"
        assert result.if_confirmed != "ready"
        assert result.progress.met == 0
    else:
        leaves = [f for f in result.findings if f.on_path and f.kind == "nothing_asked"]
        assert leaves, "only what a source says asks nothing"
        assert all(leaf.sources for leaf in leaves)


@pytest.mark.parametrize(("kind", "id_"), TARGETS)
@pytest.mark.parametrize("standard", STANDARDS)
def test_everything_true_is_ready_unless_something_was_not_read(kind: str, id_: str, standard: str) -> None:
    result = assessed(EVERYTHING, id_, state="PA", standard=standard)
    held = kind != "role"
    if held:
        assert result.target.held
        assert result.verdict == "ready"
    elif not unread_on_path(result):
        assert result.verdict == "ready", [result.finding(gap).text for gap in result.gaps]
    else:
        assert result.verdict == "unknown"


@pytest.mark.parametrize(("kind", "id_"), TARGETS)
def test_everything_but_the_credentials_meets_the_rule(kind: str, id_: str) -> None:
    result = assessed(
        {**EVERYTHING, "credentials": [{"id": "rn", "state": "PA", "issued": "2000-01"}]}, id_, state="PA"
    )
    if kind == "role":
        return
    root = result.finding(result.requirements)
    gaps = [result.finding(gap) for gap in result.gaps]
    if any(gap.kind in ("certification", "license") for gap in gaps):
        return  # it asks for another credential
    assert root.status == ("unknown" if unread_on_path(result) else "met"), [gap.text for gap in gaps]


def test_every_name_of_the_article_and_more_is_a_target() -> None:
    wanted = {
        "medical-assistant",
        "front-office-supervisor",
        "medical-office-manager",
        "registered-nurse",
        "charge-nurse",
        "clinical-nurse-manager",
        "nursing-home-administrator",
        "hospital-administrator",
        "fache",
        "cmpe",
        "rhia",
        "cnha",
        "cenp",
        "nha-oh",
        "nha-mt",
        "nha-pa",
        "rn",
        "lpn",
    }
    assert wanted <= {id_ for _, id_ in TARGETS}


@pytest.mark.parametrize("id_", ["front-office-supervisor", "hospital-administrator"])
def test_a_school_leaver_is_ready_for_no_role_that_states_no_amount(id_: str) -> None:
    leaver = {
        "education": [{"level": "high-school", "awarded": "2026-06"}],
        "experience": [],
        "credentials": [],
        "memberships": [],
        "training": [],
        "courses": [],
        "exams": [],
    }
    result = assessed(leaver, id_, state="OH")
    assert result.verdict == "not_ready"
    amount = next(found for found in result.findings if found.kind == "amount_not_found" and found.on_path)
    assert amount.status == "unmet"
    assert amount.ask_whom


@pytest.mark.parametrize("title", ["Office manager", "Practice manager", "Office Manager, plumbing"])
@pytest.mark.parametrize("setting", [None, "other"])
def test_a_plumbing_firms_office_manager_has_no_health_care_experience(title: str, setting: str | None) -> None:
    post = {"title": title, "employer": "Brown Plumbing", "start": "2010-01", "supervises": 6, "manages_budget": True}
    if setting:
        post["setting"] = setting
    for kind in ("healthcare", "healthcare-management", "medical-practice"):
        rule = {"id": "t.x", "kind": "experience", "of": [kind], "at_least": {"years": 1}}
        found = evaluate_rule(rule, {"experience": [post]}, AS_OF)
        assert found.status == ("unmet" if setting else "unknown"), kind
        assert found.have is not None
        assert found.have[0] == 0


def test_a_restaurant_manager_manages_but_not_in_health_care() -> None:
    post = {
        "title": "General manager",
        "employer": "a restaurant",
        "setting": "restaurant",
        "start": "2015-01",
        "supervises": 30,
        "manages_budget": True,
    }
    manages = {"id": "t.x", "kind": "experience", "of": ["management"], "at_least": {"years": 5}}
    assert evaluate_rule(manages, {"experience": [post]}, AS_OF).status == "met"
    health = {"id": "t.x", "kind": "experience", "of": ["healthcare"], "at_least": {"months": 1}}
    assert evaluate_rule(health, {"experience": [post]}, AS_OF).status == "unmet"


def test_rhia_for_a_nurse_with_a_bachelors_is_not_ready_not_unknown() -> None:
    result = assessed({"education": [{"degree": "BSN", "awarded": "2012-05"}]}, "rhia")
    assert result.verdict == "not_ready"
    assert result.if_confirmed == "not_ready"


def test_an_unread_alternative_beside_a_fully_met_route_is_ready() -> None:
    rule = {
        "id": "t.x",
        "kind": "any_of",
        "of": [
            {"id": "t.u", "kind": "unread", "about": "experience", "text": "another way"},
            {"id": "t.d", "kind": "degree", "level": "bachelor"},
        ],
    }
    assert evaluate_rule(rule, {"education": [{"level": "master", "awarded": "2001"}]}, AS_OF).status == "met"


def test_an_unread_duty_of_everyone_is_never_ready() -> None:
    result = assessed(EVERYTHING | {"credentials": []}, "medical-assistant", state="OH", standard="required")
    assert result.verdict == "unknown"
    assert result.if_confirmed == "unknown"
    assert any(found.kind == "unread" and found.on_path and found.ask_whom for found in result.findings)


def test_two_titles_in_one_posts_place_give_the_verdict_of_one_post() -> None:
    post = {"title": "Medical assistant", "setting": "physician-practice", "start": "2019-08", "supervises": 2}
    base = {"education": [{"degree": "AAS Medical Assisting", "awarded": "2019-05"}], "credentials": []}
    one = assessed({**base, "experience": [post]}, "medical-office-manager", state="OH")
    two = assessed({**base, "experience": [post, post]}, "medical-office-manager", state="OH")
    assert one.verdict == two.verdict
    assert [(f.id, f.status, f.have) for f in one.findings] == [(f.id, f.status, f.have) for f in two.findings]


def test_sixty_loose_credits_beside_an_associate_degree_are_between_60_and_120() -> None:
    profile = {"education": [{"level": "associate", "field": "business", "awarded": "2015-05"}, {"credits": 60}]}
    rule = {"id": "t.x", "kind": "credits", "at_least": {"credits": 120}}
    found = evaluate_rule(rule, profile, AS_OF)
    assert found.status == "unknown"
    assert found.have == (Fraction(60), Fraction(120))


def test_the_rule_of_its_day_decides() -> None:
    member = {"memberships": [{"organization": "ache", "since": "2018-06-01", "type": "member"}]}
    before = assessed(member, "fache", dt.date(2020, 12, 31))
    after = assessed(member, "fache", dt.date(2021, 1, 1))
    assert before.finding("fache.tenure-until-2020").status == "partly"
    assert after.finding("fache.tenure").status == "met"
    assert not {f.id for f in before.findings} & {"fache.tenure"}


def test_a_career_break_is_not_work_and_is_not_named_again() -> None:
    profile = {"experience": [{"title": "Family leave", "start": "2019-01", "end": "2020-01", "setting": "hospital"}]}
    result = assessed(profile, "cmpe")
    assert result.finding("cmpe.pathway-one.experience").status == "unmet"
    assert sum("break" in warning for warning in result.warnings) == 1
    assert not any("amily" in text for text in result.warnings)


def test_a_credential_held_is_ready_and_still_shows_its_rule() -> None:
    result = assessed({"credentials": [{"id": "nha", "state": "OH", "issued": "2022-01"}]}, "nha-oh")
    assert result.verdict == "ready"
    assert result.target.held
    assert result.finding("nha-oh.nab-core").status == "met"
    assert result.finding("nha-oh.age").status == "unknown"


def test_an_expired_credential_can_be_renewed() -> None:
    profile = {"credentials": [{"id": "rn", "state": "PA", "issued": "2010-06", "expires": "2020-04"}]}
    result = assessed(profile, "charge-nurse", state="PA")
    licence = result.finding("charge-nurse.required-license")
    assert licence.status == "unmet"
    assert any(option.action == "renew" for option in licence.options)


def test_a_licence_gap_is_never_one_line() -> None:
    result = assessed({"credentials": []}, "nursing-home-administrator", state="OH")
    licence = result.finding("nursing-home-administrator.required-license")
    assert licence.status == "unmet"
    assert any(child.endswith("nha-oh.rule") for child in licence.children)


def test_which_state_is_asked_when_none_is_given() -> None:
    result = assessed({"credentials": []}, "nursing-home-administrator")
    assert result.verdict == "unknown"
    assert result.questions[0].id == "target.state"


def test_a_paused_certification_is_not_a_way_ahead() -> None:
    result = assessed({"name": "N. N."}, "cnha")
    assert any("paused" in warning for warning in result.warnings)
    text = plain_text(report(result))
    assert "You may apply" not in text
    assert "cannot apply at present" in text


@pytest.mark.parametrize(("kind", "id_"), TARGETS)
@pytest.mark.parametrize("profile", [{"name": "N. N."}, EVERYTHING, {**EVERYTHING, "credentials": []}], ids=len)
def test_every_point_stands_in_exactly_one_step(kind: str, id_: str, profile: dict[str, Any]) -> None:
    standard = "preferred" if kind == "role" else "typical"
    result = assessed(profile, id_, state="MT", standard=standard)
    groups = ("all_of", "any_of", "at_least")
    parents = {found.id: found for found in result.findings}
    points = [
        found.id
        for found in result.findings
        if found.on_path
        and found.kind not in groups
        and found.status != "not_applicable"
        and (found.parent is None or parents[found.parent].kind in groups or "/" in found.id.rpartition(".")[0])
        and (found.parent is None or parents[found.parent].kind != found.kind)
    ]
    places = [id_ for step in result.steps for id_ in step.findings]
    for point in points:
        assert places.count(point) == 1, point


def test_points_show_in_the_experience_step() -> None:
    aide = {
        "education": [{"level": "high-school", "awarded": "2010"}],
        "credentials": [],
        "training": [],
        "experience": [{"title": "Activities aide", "setting": "nursing-home", "start": "2025-01", "supervises": 0}],
    }
    result = assessed(aide, "nha-mt")
    assert "1,200 points" in plain_text(report(result)).partition("Other ways")[0]


def test_a_quicker_dearer_degree_does_not_win_over_what_is_nearly_met() -> None:
    nurse = {
        "born": "1980-01",
        "state": "PA",
        "education": [
            {"level": "postsecondary-certificate", "field": "clinical-other", "awarded": "2010-05"},
            {"level": "high-school", "awarded": "2005"},
        ],
        "experience": [
            {
                "title": "Shift supervisor",
                "kinds": ["supervision", "nursing", "nursing-home"],
                "setting": "nursing-home",
                "start": "2020-01",
                "hours_per_week": 40,
                "supervises": 9,
            }
        ],
        "credentials": [{"id": "lpn", "state": "PA"}],
        "training": [],
        "courses": [],
        "exams": [],
        "applications": [],
        "statements": {"pa-1000-hours-in-post": True, "good-moral-character": True, "citizen-or-declared-intent": True},
    }
    result = assessed(nurse, "nha-pa")
    assert result.finding("nha-pa.route-two-years").on_path
    assert not result.finding("nha-pa.route-bachelor").on_path


@pytest.mark.parametrize("type_", ["student", "Student", "Student Associate", "student-associate"])
def test_a_student_membership_is_one_however_it_is_written(type_: str) -> None:
    member = {"memberships": [{"organization": "ache", "since": "2020-01", "type": type_}]}
    assert assessed(member, "fache").finding("fache.tenure").status == "unmet"


def test_an_unknown_type_of_membership_is_asked_about() -> None:
    member = {"memberships": [{"organization": "ache", "since": "2020-01", "type": "studnet"}]}
    assert assessed(member, "fache").finding("fache.tenure").status == "unknown"


def test_a_credential_we_do_not_know_does_not_stop_the_report() -> None:
    result = assessed({"credentials": [{"id": "XYZZ"}, {"id": "cna"}]}, "cmpe")
    assert sum("no entry for the credential" in warning for warning in result.warnings) == 2


def test_a_masters_asks_for_what_comes_before_it() -> None:
    nurse = {"education": [{"degree": "ADN", "awarded": "2010-05"}], "credentials": [{"id": "rn", "state": "OH"}]}
    result = assessed(nurse, "nha-oh")
    assert result.finding("nha-oh.bachelor-route").on_path, "the nearer degree, not the dearer one"


def test_the_holder_of_another_states_licence_reads_how_it_moves() -> None:
    result = assessed({"credentials": [{"id": "nha-oh", "issued": "2020-01"}]}, "nha-mt")
    assert any("another state" in warning for warning in result.warnings)
    held = assessed({"credentials": [{"id": "nha-oh", "issued": "2020-01"}]}, "nha-oh")
    assert held.target.renewal is not None
    assert held.target.renewal.hours == 40


def test_who_held_it_once_is_told_to_ask_what_brings_it_back() -> None:
    once = {"credentials": [{"id": "fache", "expires": "2018-12"}], "state": "OH"}
    assert any("held it until 2018-12-31" in text for text in assessed(once, "fache").warnings)
    still = {"credentials": [*once["credentials"], {"id": "fache", "expires": "2030-12"}], "state": "OH"}
    assert not any("held it until" in text for text in assessed(still, "fache").warnings)


@pytest.mark.parametrize(
    ("said", "open_"),
    [
        ({"supervises": 0, "manages_budget": False}, False),
        ({"supervises": 0}, True),  # a budget was not spoken of
        ({"supervises": 4, "manages_budget": False}, True),  # who leads people may manage
        ({}, True),
    ],
)
def test_an_unknown_title_is_no_management_where_the_profile_says_no_to_all_that_makes_it(
    said: dict[str, Any], open_: bool
) -> None:
    rule = {"id": "x", "kind": "experience", "of": ["healthcare-management"]}
    post = {"title": "Zorblax tender", "setting": "hospital", "start": "2020-01", **said}
    found = evaluate_rule(rule, {"experience": [post]}, AS_OF)
    assert found.status == ("unknown" if open_ else "unmet")
    other = {**rule, "of": ["health-information"]}
    assert evaluate_rule(other, {"experience": [post]}, AS_OF).status == "unknown"


def test_what_is_missing_is_named_and_not_what_is_there() -> None:
    """Six years of health care are there; the four of management among them are not."""
    assistant = {
        "state": "OH",
        "education": [{"degree": "AAS Medical Assisting", "awarded": "2019-05"}],
        "experience": [
            {
                "title": "Medical assistant",
                "setting": "physician-practice",
                "start": "2019-08",
                "supervises": 0,
                "manages_budget": False,
            }
        ],
        "credentials": [],
    }
    found = assessed(assistant, "cmpe")
    years = [one for one in found.findings if one.kind == "experience" and one.text.startswith("6 years")]
    assert {option.text for one in years for option in one.options} == {
        "4 years more of health care management, full time"
    }
