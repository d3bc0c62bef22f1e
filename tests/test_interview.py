"""The interview: what is read from an answer, which question comes next, and the whole of it on a pseudo-terminal."""

from __future__ import annotations

import datetime as dt
import re
import signal
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pexpect
import pytest
import yaml

from hsm_planner.cli.interview import draft_of
from hsm_planner.cli.main import _wants_json, execute
from hsm_planner.engine.assess import Goal, assess
from hsm_planner.engine.result import Asked
from hsm_planner.interview.answers import Answers
from hsm_planner.interview.asks import Ask, engine_ask, usual_ask
from hsm_planner.interview.choosing import first_that_matters
from hsm_planner.interview.dates import Unclear, date_of, in_words
from hsm_planner.interview.draft import read_draft, save_draft
from hsm_planner.interview.echo import Echo
from hsm_planner.interview.saying import Said, confirmed, said, whole, yes_or_no
from hsm_planner.interview.talk import Talk, wants_help
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.profile.model import Profile
from hsm_planner.profile.read import read_profile
from hsm_planner.resolve.person import resolve
from hsm_planner.values.problems import InputError
from hsm_planner.values.timeline import Target
from hsm_planner.values.truth import Strength, Verdict

ROOT = Path(__file__).parents[1]
DAY = dt.date(2026, 11, 23)


@cache
def knowledge() -> Knowledge:
    return Knowledge.load(ROOT / "data")


# --- what people type -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Sept 2019", "2019-09"), ("2019", "2019"), ("3 years ago", "2023"), ("a year ago", "2025"),
        ("two months ago", "2026-09"), ("11 months ago", "2025-12"), ("last year", "2025"), ("this year", "2026"),
        ("today", "2026-11-23"), ("about 5 yrs ago", "2021"),
        ("since about May 2020", "2020-05"),
        ("early 2015", "2015"), ("3 mos ago", "2026-08"), ("2019-02-03", "2019-02-03"), (" May 2020 ", "2020-05"),
        ("03/2015", "2015-03"), ("3/2015", "2015-03"), ("3/15/2015", "2015-03-15"), ("03-15-2015", "2015-03-15"),
        ("2015/03", "2015-03"), ("June 1, 2015", "2015-06-01"), ("june 1st 2015", "2015-06-01"),
        ("'15", "2015"), ("class of '98", "1998"), ("Jun '15", "2015-06"), ("'30", "2030"),
        ("1 June 2015", "2015-06-01"), ("Jun. 2015", "2015-06"), ("class of 2014", "2014"), ("mid-2015", "2015"),
    ],
)  # fmt: skip
def test_dates_as_people_write_them(text: str, read: str) -> None:
    assert date_of(text, DAY) == read


@pytest.mark.parametrize("text", ["soon", "2019-13", "", "13 moons ago", "Foo 2020"])
def test_what_is_no_date_is_asked_again(text: str) -> None:
    with pytest.raises(Unclear, match="3 years ago"):
        date_of(text, DAY)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("summer 2019", "Which month"), ("winter of 2019", "Which month"), ("since March", "March of which year"),
        ("6/15", "four digits"), ("6/1/15", "four digits"), ("June 15", "four digits"),
        ("Jun-15", "four digits"), ("15/3/2015", "month/day/year"),
        ("02/30/2015", "no date"), ("13/2015", "no date"), ("0/2015", "no date"),
    ],
)  # fmt: skip
def test_a_date_that_can_be_several_is_asked_again(text: str, words: str) -> None:
    with pytest.raises(Unclear, match=words):
        date_of(text, DAY)


@pytest.mark.parametrize(
    ("job", "words"),
    [
        ("nurse, hospital, 2 days a week since 2019", "How many hours"), ("nurse, hospital, since March", "which year"),
        ("on leave from charge nurse, hospital, since 2019", "on leave is written like any other: `charge nurse`"),
        ("former CEO", "one that has ended with its years"), ("ex-nurse, hospital, since 2019", "no title"),
        ("volunteer at a hospital since 2020", "without pay is asked for apart"), ("MHA in progress", "like a degree"),
    ],
)  # fmt: skip
def test_what_is_no_post_of_today_is_asked_again(job: str, words: str) -> None:
    talk = talk_of(("OH",))
    ask = talk.next()
    assert ask is not None
    with pytest.raises(Unclear, match=words):
        talk.say(ask, job)
    talk.say(ask, "volunteer coordinator, hospital, since '19")
    assert talk.data["experience"] == [{"title": "volunteer coordinator", "setting": "hospital", "start": "2019"}]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("MD in Syria 2010, not evaluated", {"degree": "MD in Syria", "awarded": "2010", "evaluated": False}),
        ("MD in Syria 2010 (evaluated by WES)", {"degree": "MD in Syria", "awarded": "2010", "evaluated": True}),
        ("MD in Syria 2010, has not been evaluated", {"degree": "MD in Syria", "awarded": "2010", "evaluated": False}),
        ("MD in Syria 2010, to be evaluated", {"degree": "MD in Syria", "awarded": "2010", "evaluated": False}),
        ("MD in Syria 2010, hasn't been evaluated", {"degree": "MD in Syria", "awarded": "2010", "evaluated": False}),
        ("MD in Syria 2010, has been evaluated", {"degree": "MD in Syria", "awarded": "2010", "evaluated": True}),
        ("BSN '15", {"degree": "BSN", "awarded": "2015"}),
    ],
)
def test_a_degree_with_what_stands_beside_it(told: str, kept: dict[str, Any]) -> None:
    assert Answers(knowledge(), DAY).studies(told) == [kept]


def test_a_degree_that_was_only_begun_is_no_degree() -> None:
    with pytest.raises(Unclear, match="When did or will you finish MHA"):
        Answers(knowledge(), DAY).studies("started an MHA in 2024")


def said_back(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return list(Echo(knowledge(), Profile.model_validate(after)).said_back(before, after))


def test_what_was_understood_is_said_back_in_words() -> None:
    before = {"state": "OH", "experience": [{"title": "clerk"}]}
    posts = [{"title": "clerk"}, {"title": "nurse", "start": "2015-03-04", "manages_budget": False}]
    after = {"state": "OH", "experience": posts, "learning": [{"hours": 12.0, "date": "2025"}], "exams": []}
    told = said_back(before, after | {"statements": {"background-check": True}, "born": "1990-05"})
    nurse = "nurse, perhaps Registered nurse (staff): to be confirmed (start: March 4, 2015, manages budget: no)"
    assert told == [
        f"experience: {nurse}", "learning: hours: 12, date: 2025", "exams: none",
        "statements: background-check: yes", "born: May 1990",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "told", "heard"),
    [
        ("state", "TX", "state: Texas"),
        ("experience", {"title": "RN", "setting": "nursing-home"}, "Registered nurse (staff) (setting: nursing home)"),
        ("experience", {"title": "registered nurse"}, "registered nurse, read as Registered nurse (staff)"),
        ("experience", {"title": "medical assistant"}, "medical assistant"),
        ("experience", {"title": "Zookeeper of ideas"}, "Zookeeper of ideas, a title that we do not know"),
        ("education", {"degree": "ADN", "awarded": "2019-09"}, "associate degree in nursing (awarded: September 2019)"),
        ("education", {"degree": "MD, MBA"}, "MD, MBA, read as first professional degree"),
        ("education", {"degree": "school of life"}, "school of life, a degree that we do not know"),
        ("credentials", {"id": "RN", "state": "PA"}, "RN, read as Registered nurse licence (state: Pennsylvania)"),
    ],
)  # fmt: skip
def test_places_titles_degrees_and_credentials_are_said_back_as_they_are_read(key: str, told: Any, heard: str) -> None:
    (line,) = said_back({}, {key: told if isinstance(told, str) else [told]})
    assert heard in line


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("BSN did not finish", "BSN did not finish, read as bachelor's degree in nursing, not finished"),
        ("dropped out of BSN in 2014", "dropped out of BSN, read as bachelor's degree in nursing, not finished"),
        ("diploma 2009", "perhaps certificate after high school: to be confirmed"),
        ("BSN Sept 2016", "BSN, read as bachelor's degree in nursing (awarded: September 2016)"),
    ],
)
def test_a_degree_that_was_given_up_is_said_back_as_such_and_has_no_day(text: str, heard: str) -> None:
    talk = talk_of(("OH", "none", "none", text))
    (line,) = said_back({}, {"education": talk.data["education"]})
    assert heard in line


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("billing clerk, remote", {"title": "billing clerk"}),
        ("nurse, nursing home, Columbus, OH", {"title": "nurse", "setting": "nursing-home", "employer": "Columbus",
                                               "state": "OH"}),
        ("nurse, Mercy Hospital, Ohio", {"title": "nurse", "setting": "hospital", "employer": "Mercy Hospital",
                                         "state": "OH"}),
        ("I work at a hospital as a nurse", {"title": "nurse", "setting": "hospital"}),
    ],
)  # fmt: skip
def test_a_place_is_no_employer(text: str, kept: dict[str, str]) -> None:
    assert talk_of(("OH", text)).data["experience"] == [kept]


def test_dates_are_said_back_in_words() -> None:
    assert [in_words(one) for one in ("2015-03-04", "2015-03", "2015")] == ["March 4, 2015", "March 2015", "2015"]


@pytest.mark.parametrize(
    "line",
    [
        "nurse, summer 2014 to early 2016", "nurse, 6/15 to 8/18", "nurse since '15", "BSN '15", "BSN, June 15",
        "nurse, '08-'12", "RN OH exp 6/27", "nurse 15-18",
        "BSN 2015-18", "nurse, 15/3/2015 to 2018", "nurse since 2/30/2019",
    ],
)  # fmt: skip
def test_a_line_with_a_date_in_doubt_is_asked_again(line: str) -> None:
    with pytest.raises(Unclear):
        said(line)


def test_yes_no_and_numbers() -> None:
    assert yes_or_no("Yes.")
    assert not yes_or_no("nope")
    assert (whole("8"), whole("1,200"), whole("none")) == (8, 1200, 0)
    for read, text in ((yes_or_no, "perhaps"), (whole, "-3"), (whole, "eight or so")):
        with pytest.raises(Unclear):
            read(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("AAS Medical Assisting 2019", Said("AAS Medical Assisting", None, "2019", False, None, None, None, 1)),
        ("BSN, May 2016", Said("BSN", None, "2016-05", False, None, None, None, 1)),
        ("nurse, hospital, 2010 to 2018", Said("nurse, hospital", "2010", "2018", False, None, None)),
        ("nurse, 2010-06 - now", Said("nurse", "2010-06", None, True, None, None)),
        ("nurse since about 2019", Said("nurse", "2019", None, True, None, None)),
        ("nurse, mid 2014 to early 2016", Said("nurse", "2014", "2016", False, None, None)),
        ("nurse, 03/2015 - 6/2018", Said("nurse", "2015-03", "2018-06", False, None, None)),
        ("nurse, 3/15/2015 to June 1, 2018", Said("nurse", "2015-03-15", "2018-06-01", False, None, None)),
        ("nurse, June 2015-present", Said("nurse", "2015-06", None, True, None, None)),
        ("nurse, 2015 -", Said("nurse", "2015", None, True, None, None)),
        ("nurse, started in May 2015", Said("nurse", "2015-05", None, True, None, None)),
        ("nurse (from 2015 to 2018)", Said("nurse", "2015", "2018", False, None, None)),
        ("nurse 2015-2018", Said("nurse", "2015", "2018", False, None, None)),
        ("nurse 2015\u2013now", Said("nurse", "2015", None, True, None, None)),
        ("high school 2014", Said("high school", None, "2014", False, None, None, None, 1)),
        ("BSN 6/1/2015", Said("BSN", None, "2015-06-01", False, None, None, None, 1)),
        ("marketing 12 credits", Said("marketing", None, None, False, 12.0, "credits")),
        ("RN OH, exp. 6/30/2027", Said("RN OH", None, None, False, None, None, "2027-06-30")),
        ("RN FL, renews april 2027", Said("RN FL", None, None, False, None, None, "2027-04")),
        ("RN OH expired 2019", Said("RN OH", None, None, False, None, None, "2019")),
        ("nurse, 2015 until 2018", Said("nurse", "2015", "2018", False, None, None)),
        ("ACHE since 2023", Said("ACHE", "2023", None, True, None, None)),
        ("medical terminology 45 hours 2019", Said("medical terminology", None, "2019", False, 45.0, "hours", None, 1)),
        ("12 credits business", Said("business", None, None, False, 12.0, "credits")),
    ],
)
def test_a_line_of_a_list(text: str, told: Said) -> None:
    assert said(text) == told


@pytest.mark.parametrize(
    ("where", "text", "section", "value"),
    [
        ("courses", "medical terminology 45 hours 2019; billing 3 credits", "courses",
         [{"name": "medical terminology", "hours": 45.0, "date": "2019"}, {"name": "billing", "semester_hours": 3.0}]),
        ("credentials", "RN OH 2016 to 2027; FACHE 2020", "credentials",
         [{"id": "RN", "state": "OH", "issued": "2016", "expires": "2027"}, {"id": "FACHE", "issued": "2020"}]),
        ("exams", "nab-core May 2025", "exams", [{"id": "nab-core", "passed": "2025-05"}]),
        ("memberships", "ACHE since 2023; MGMA 2015 to 2018", "memberships",
         [{"organization": "ACHE", "since": "2023"}, {"organization": "MGMA", "since": "2015", "until": "2018"}]),
        ("credentials", "RN Florida, renews april 2027", "credentials",
         [{"id": "RN", "state": "FL", "expires": "2027-04"}]),
        ("training", "administrator-in-training 500 hours, 2024-01 to 2024-06, not registered", "training",
         [{"kind": "administrator-in-training", "hours": 500.0, "start": "2024-01", "end": "2024-06",
           "registered": False}]),
        ("training", "administrator-in-training 500 hours, 2024-01 to 2024-06, registered", "training",
         [{"kind": "administrator-in-training", "hours": 500.0, "start": "2024-01", "end": "2024-06",
           "registered": True}]),
        ("learning", "12 hours healthcare-management, ACHE, March 2025", "learning",
         [{"hours": 12.0, "date": "2025-03", "topic": "healthcare-management", "provider": "ache"}]),
        ("references", "2", "references", {"count": 2}),
        ("born", "May 1990", "born", "1990-05"),
        ("exams", "none", "exams", []),
        ("statements.good-moral-character", "yes", "statements", {"good-moral-character": True}),
        ("target.beds", "90", "target", {"beds": 90}),
    ],
)  # fmt: skip
def test_an_answer_in_its_place(where: str, text: str, section: str, value: object) -> None:
    reader = Answers(knowledge(), DAY)
    assert reader.askable(where, ())
    assert reader.put({"schema_version": 1}, where, (), text)[section] == value


def test_an_answer_about_one_post_or_degree() -> None:
    reader = Answers(knowledge(), DAY)
    data = {"experience": [{"title": "a"}, {"title": "b"}], "education": [{"degree": "c"}]}
    changed = reader.put(data, "experience[1].supervises", (), "8")
    assert changed["experience"] == [{"title": "a"}, {"title": "b", "supervises": 8}]
    assert data["experience"][1] == {"title": "b"}
    assert reader.put(data, "education[0].accredited_by", ("cahme", "none"), "yes")["education"][0] == {
        "degree": "c", "accredited_by": ["cahme"],
    }  # fmt: skip
    assert reader.put(data, "experience[0].setting", (), "Hospital")["experience"][0]["setting"] == "hospital"
    two = ("cahme", "aupha", "none")
    assert reader.put(data, "education[0].accredited_by", two, "no")["education"][0]["accredited_by"] == []
    assert reader.put(data, "education[0].accredited_by", two, "CAHME")["education"][0]["accredited_by"] == ["cahme"]
    with pytest.raises(Unclear, match="which of them"):
        reader.put(data, "education[0].accredited_by", two, "yes")
    with pytest.raises(Unclear, match="Did you mean"):
        reader.put(data, "experience[0].setting", (), "hospitall")
    asked = "experience[1].counts_as.case-management"
    assert reader.put(data, asked, ("yes", "no"), "yes")["experience"][1]["counts_as"] == {"case-management": True}
    assert not reader.askable("experience[0].kinds", ())


def test_every_question_of_the_engine_has_its_place() -> None:
    """What decides can be asked, whatever the target: an answer has a place in the profile."""
    reader, left = Answers(knowledge(), DAY), set()
    for name in ("charge-nurse", "health-information-graduate"):
        profile, _ = read_profile((ROOT / "examples" / f"{name}.yaml").read_text(encoding="utf-8"), name)
        for kind, raw in list(knowledge().raw_targets())[::5]:
            found = assess(profile, knowledge(), Goal(kind, raw["id"], profile.state), DAY)
            left |= {one.id for one in found.questions if not reader.askable(one.id, one.answers)}
    assert {re.sub(r"\d+", "N", one) for one in left} <= {"applications", "education.credits"}


def test_a_post_counts_as_what_the_person_says_that_it_was() -> None:
    role = next(
        (entry.id, grant.kind)
        for name in knowledge().ids("roles", "roles")
        if (entry := knowledge().role(name)) is not None
        for grant in entry.grants
        if grant.basis == "editorial"
    )
    for word in (None, True, False):
        post = {"role": role[0], "start": "2019", **({} if word is None else {"counts_as": {role[1]: word}})}
        profile = Profile.model_validate({"schema_version": 1, "experience": [post]})
        claim = (resolve(profile, knowledge(), Target("", "OH")).posts or ())[0].kinds.get(role[1])
        assert (claim.strength if claim else None) is {None: Strength.GUESSED, True: Strength.STATED, False: None}[word]


@pytest.mark.parametrize(
    ("setting", "strength"), [("other", None), (None, Strength.GUESSED), ("hospital", Strength.STATED)]
)
def test_what_only_health_care_gives_asks_for_its_place_whatever_the_person_calls_it(
    setting: str | None, strength: Strength | None
) -> None:
    post = {"title": "Shift Supervisor of sorts", "start": "2019", "counts_as": {"healthcare-management": True}}
    profile = Profile.model_validate(
        {"schema_version": 1, "experience": [post | ({"setting": setting} if setting else {})]}
    )
    claim = (resolve(profile, knowledge(), Target("", "OH")).posts or ())[0].kinds.get("healthcare-management")
    assert (claim.strength if claim else None) is strength


@pytest.mark.parametrize("line", ["nurse", "nurse 2010", "nurse, hospital, 2010"])
def test_a_post_without_a_beginning_is_asked_again(line: str) -> None:
    with pytest.raises(Unclear, match="from when to when"):
        Answers(knowledge(), DAY).entry("experience", said(line))


# --- the talk ---------------------------------------------------------------------------------------------------------

PEOPLE: dict[str, tuple[str, ...]] = {
    "medical assistant": (
        "Ohio", "medical assistant, physician practice", "Aug 2019", "none", "AAS Medical Assisting 2019",
        "practice manager", "3",
    ),
    "charge nurse": (
        "PA", "charge nurse, hospital", "June 2018", "registered nurse, hospital, July 2010 to May 2018", "ADN 2010",
        "nurse manager", "yes", "RN PA 2010 to 2028",
    ),
    "no degree": ("TX", "none", "shift manager, 2015 to 2020", "high school diploma 2012", "front office supervisor"),
    "graduate": ("NC", "none", "none", "BS health administration May 2026", "administrative fellow"),
    "assistant administrator": (
        "OH", "assistant administrator, nursing home", "2021", "none", "BS health administration 2018",
        "nursing home administrator licence", "none", "none",
    ),
    "clinic clerk": (
        "GA", "patient services representative, physician practice", "2 years ago", "none",
        "did not finish high school", "medical assistant",
    ),
}  # fmt: skip


def talk_of(lines: tuple[str, ...]) -> Talk:
    talk = Talk(knowledge(), DAY)
    for line in lines:
        ask = talk.next()
        if ask is None:
            break
        talk.say(ask, line)
    return talk


@pytest.mark.parametrize("name", PEOPLE)
def test_few_questions_each_with_a_reason(name: str) -> None:
    talk = talk_of(PEOPLE[name])
    while (ask := talk.next()) is not None:
        assert ask.why
        talk.say(ask, "skip")
        assert len(talk.answers) < 40
    found = talk.assessment()
    assert found is not None
    read_profile(talk.text, "x")
    spoken = [one for one in talk.answers if one.said is not None]
    assert len(spoken) < 20


@pytest.mark.parametrize(
    ("line", "post"),
    [
        ("charge nurse, hospital, 4 years", {"title": "charge nurse", "setting": "hospital", "start": "2022"}),
        ("nurse at a hospital since 2012", {"title": "nurse", "setting": "hospital", "start": "2012"}),
        (
            "nurse, Tampa General hospital",
            {"title": "nurse", "setting": "hospital", "employer": "Tampa General hospital"},
        ),
        ("clerk, animal hospital", {"title": "clerk", "employer": "animal hospital"}),
        ("medical asst at a doctor's office", {"title": "medical asst", "setting": "physician-practice"}),
        ("clerk at Mercy, hospital", {"title": "clerk", "setting": "hospital", "employer": "Mercy"}),
        ("hotel manager", {"title": "hotel manager"}),
        (
            "nurse, Sunny nursing home, 3/2012 - present, full time",
            {"title": "nurse", "setting": "nursing-home", "employer": "Sunny nursing home", "start": "2012-03"},
        ),
        (
            "medic, US Army, since 2010, led 12 soldiers",
            {"title": "medic", "employer": "US Army", "start": "2010", "supervises": 12},
        ),
        (
            "District manager at Walgreens since June 1, 2016; 50 hrs/week",
            {"title": "District manager", "employer": "Walgreens", "start": "2016-06-01", "hours_per_week": 50},
        ),
        ("RN, Cleveland Clinic, since 2016", {"title": "RN", "employer": "Cleveland Clinic", "start": "2016"}),
        ("nurse, community clinic, since 2016", {"title": "nurse", "setting": "ambulatory-clinic", "start": "2016"}),
        (
            "unit secretary @ Duke hospital 2015-present",
            {"title": "unit secretary", "setting": "hospital", "employer": "Duke hospital", "start": "2015"},
        ),
        ("I work as a nurse at a hospital since 2016", {"title": "nurse", "setting": "hospital", "start": "2016"}),
        ("full-time nurse, hospital, since 2016", {"title": "nurse", "setting": "hospital", "start": "2016"}),
        ("Army combat medic (68W), 06/2010 - present", {"title": "Army combat medic (68W)", "start": "2010-06"}),
        (
            "charge nurse, Mercy Hospital, 2016 - present",
            {"title": "charge nurse", "setting": "hospital", "employer": "Mercy Hospital", "start": "2016"},
        ),
        (
            "medical assistant at an urgent care since 2019, part time 20 h",
            {"title": "medical assistant", "setting": "ambulatory-clinic", "start": "2019", "hours_per_week": 20},
        ),
    ],
)
def test_a_post_as_people_name_it(line: str, post: dict[str, object]) -> None:
    assert talk_of(("OH", line)).data["experience"] == [post]


def test_letters_that_are_a_degree_and_a_job_are_asked_again() -> None:
    with pytest.raises(Unclear, match="like `medical assistant`"):
        talk_of(("OH", "MA at a family practice since 2019"))


def test_what_was_said_already_is_not_asked() -> None:
    talk = talk_of(("OH", "charge nurse, hospital, since about 2019"))
    assert talk.data["experience"] == [{"title": "charge nurse", "setting": "hospital", "start": "2019"}]
    ask = talk.next()
    assert ask is not None
    assert ask.id == "earlier"


def test_three_facts_and_a_target_give_a_first_answer() -> None:
    talk = talk_of(PEOPLE["medical assistant"][:6])
    found = talk.assessment()
    assert found is not None
    assert found.target.id == "medical-office-manager"
    assert found.progress.of


def test_only_what_can_change_the_verdict_is_asked() -> None:
    talk = talk_of(PEOPLE["medical assistant"])
    found = talk.assessment()
    assert found is not None
    assert found.verdict is Verdict.READY
    assert talk.next() is None
    talk = talk_of(("OH", "none", "none", "GED 2010", "FACHE"))
    found = talk.assessment()
    assert found is not None
    assert found.verdict is Verdict.NOT_READY
    ask = talk.next()
    assert ask is not None
    assert ask.id == "more"
    talk.say(ask, "no")
    assert talk.next() is None
    talk.back()
    talk.say(ask, "yes")
    assert talk.next() not in (None, ask)


def test_a_question_settles_something_on_the_way() -> None:
    talk = talk_of(PEOPLE["assistant administrator"][:6])
    found = talk.assessment()
    ask = talk.next()
    assert found is not None
    assert ask is not None
    settled = next(one.settles for one in found.questions if one.id == ask.id)
    assert {one.id for one in found.findings if one.on_path} & set(settled)


def test_what_is_left_unsaid_stays_unknown() -> None:
    talk = talk_of(("skip", "skip", "I don't know", "rather not say"))
    assert talk.data == {"schema_version": 1}
    assert [one.said for one in talk.answers] == [None] * 4


@pytest.mark.parametrize(
    ("lines", "experience"),
    [
        (("OH", "none", "skip"), None),
        (("OH", "skip", "none"), None),
        (("OH", "skip", "skip"), None),
        (("OH", "none, just graduated", "none"), []),
        (("OH", "homemaker", "none"), []),
        (("OH", "raising my kids since 2015", "none"), []),
        (
            ("OH", "none", "nurse, hospital, 1998 to 2019, now retired"),
            [{"title": "nurse", "setting": "hospital", "start": "1998", "end": "2019"}],
        ),
        (("OH", "unemployed", "nurse, 2010 to 2012"), [{"title": "nurse", "start": "2010", "end": "2012"}]),
    ],
)
def test_posts_left_unsaid_are_not_none(lines: tuple[str, ...], experience: object) -> None:
    assert talk_of(lines).data.get("experience") == experience


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (("OH",), "practice manager, physician practice, 2015 to 2017"),
        (("OH",), "practice manager, left in 2017"),
        (("OH",), "florida"),
        (("OH",), "Bachelor of hospitality"),
        (("OH", "none"), "nurse"),
        (("OH", "none"), "BSN, 2010 to 2014"),
        (("OH", "none", "none"), "MHA since 2025"),
        (("OH", "none", "none"), "MHA 2024 to present"),
        (("OH", "none", "none"), "MHA 2026"),
        (("OH", "none", "none"), "MHA in progress"),
        (("OH", "none", "none"), "MHA (in progress) 2025"),
        (("OH", "none", "none"), "pursuing BSN"),
        (("OH", "none", "none"), "BSN not finished"),
        (("OH", "none", "none"), "BSN 2016, MHA in progress"),
    ],
)
def test_what_would_be_taken_for_something_else_is_asked_again(before: tuple[str, ...], text: str) -> None:
    talk = talk_of(before)
    kept = dict(talk.data)
    ask = talk.next()
    assert ask is not None
    with pytest.raises(Unclear):
        talk.say(ask, text)
    assert talk.data == kept


@pytest.mark.parametrize(
    ("text", "credentials"),
    [
        ("Ohio RN", [{"id": "RN", "state": "OH"}]),
        ("RN in Ohio", [{"id": "RN", "state": "OH"}]),
        ("RN license in Ohio 2016 to 2027", [{"id": "RN", "state": "OH", "issued": "2016", "expires": "2027"}]),
        ("Ohio RN license, expires 6/30/2027", [{"id": "RN", "state": "OH", "expires": "2027-06-30"}]),
        ("RN (OH)", [{"id": "RN", "state": "OH"}]),
        ("registered nurse, West Virginia", [{"id": "registered nurse", "state": "WV"}]),
        ("New York LPN", [{"id": "LPN", "state": "NY"}]),
        ("rn oh, fache 2020", [{"id": "rn", "state": "OH"}, {"id": "fache", "issued": "2020"}]),
        ("RN, Ohio, 2016 to 2027, RHIT and FACHE", [
            {"id": "RN", "state": "OH", "issued": "2016", "expires": "2027"}, {"id": "RHIT"}, {"id": "FACHE"}]),
    ],
)  # fmt: skip
def test_credentials_as_people_name_them(text: str, credentials: object) -> None:
    assert Answers(knowledge(), DAY).put({}, "credentials", (), text)["credentials"] == credentials


@pytest.mark.parametrize("text", ["rn in", "RN or LPN", "Ohio", "RN, in good standing somewhere", "Ohio and Texas RN"])
def test_a_state_is_not_read_from_a_word(text: str) -> None:
    with pytest.raises(Unclear):
        Answers(knowledge(), DAY).put({}, "credentials", (), text)


def test_what_is_known_of_a_list_is_kept_and_the_rest_asked_again() -> None:
    talk = talk_of(("OH", "charge nurse, hospital, since 2019", "none", "ADN 2010", "nurse manager"))
    ask = Ask("credentials", "Which?", "")
    with pytest.raises(Unclear, match=r"no entry of 'BLS'.*no entry of 'ACLS'.*kept \(RN Ohio\)"):
        talk.say(ask, "BLS, ACLS, RN Ohio")
    assert talk.data["credentials"] == [{"id": "RN", "state": "OH"}]
    assert talk.answers[-1].said == "RN Ohio"
    with pytest.raises(Unclear, match="XYZ"):
        talk.say(ask, "XYZ")
    assert talk.data["credentials"] == [{"id": "RN", "state": "OH"}]
    many = len(talk.answers)
    talk.say(ask, "RHIT 2017")
    assert talk.data["credentials"] == [{"id": "RN", "state": "OH"}, {"id": "RHIT", "issued": "2017"}]
    assert len(talk.answers) == many
    talk.back()
    assert "credentials" not in talk.data
    with pytest.raises(Unclear):
        talk.say(ask, "BLS; RN Ohio")
    talk.say(ask, "none")
    assert talk.data["credentials"] == [{"id": "RN", "state": "OH"}]


def test_posts_that_are_understood_are_kept() -> None:
    talk = talk_of(("OH", "none"))
    ask = talk.next()
    assert ask is not None
    with pytest.raises(Unclear, match="from when to when"):
        talk.say(ask, "registered nurse, hospital, 2010 to 2018; waiter 2005")
    assert len(talk.data["experience"]) == 1
    talk.say(ask, "waiter, 2005 to 2009")
    assert [one["title"] for one in talk.data["experience"]] == ["registered nurse", "waiter"]


def test_who_has_retired_is_told_how_to_write_what_was_before() -> None:
    talk = talk_of(("OH",))
    ask = talk.next()
    assert ask is not None
    with pytest.raises(Unclear, match="before you retired is written with its years"):
        talk.say(ask, "retired nurse")


def spoken(*lines: str) -> Talk:
    talk = Talk(knowledge(), DAY)
    for line in lines:
        ask = talk.next()
        assert ask is not None
        talk.say(ask, line)
    return talk


def test_another_state_is_that_of_the_target_too() -> None:
    talk = spoken("PA", "practice manager, physician practice, since 2015", "none", "BS 2010", "NHA")
    assert talk.goals[0].id == "nha-pa"
    assert talk.change(1).ask == "state"
    ask = talk.next()
    assert ask is not None
    talk.say(ask, "OH")
    assert (talk.data["state"], talk.goals[0].id, talk.profile.target and talk.profile.target.id) == (
        "OH", "nha-oh", "nha-oh",
    )  # fmt: skip
    assert [one.ask for one in talk.answers] == ["state", "work", "earlier", "studied", "target"]  # in its old place
    again = Talk(knowledge(), DAY, talk.answers)
    assert again.text == talk.text


def test_the_state_is_asked_for_once_more_where_the_target_needs_it() -> None:
    talk = spoken("skip", "charge nurse, hospital, since June 2018", "none", "BSN 2010", "nurse manager")
    ask = talk.next()
    assert ask is not None
    assert ask.id == "target.state"
    talk.say(ask, "OH")
    assert (talk.data["state"], talk.goals[0].state) == ("OH", "OH")
    assert talk.profile.target is not None
    assert talk.profile.target.state == "OH"


def test_posts_that_are_left_unsaid_beside_others_are_not_none() -> None:
    now = spoken("NY", "skip", "RN, hospital, 2005 to 2010", "MHA 2019", "FACHE").assessment()
    earlier = spoken("CA", "practice manager, clinic, since 2024", "skip", "MHA 2019", "FACHE").assessment()
    none = spoken("CA", "practice manager, clinic, since 2024", "none", "MHA 2019", "FACHE").assessment()
    status = [
        {one.id: one.status for one in found.findings}[name].value
        for found, name in ((now, "fache.position"), (earlier, "fache.experience"), (none, "fache.experience"))
        if found is not None
    ]
    assert status == ["unknown", "unknown", "partly"]


@pytest.mark.parametrize("text", ["I dont know", "I'd rather not say", "no idea"])
def test_who_does_not_know_is_understood(text: str) -> None:
    assert "experience" not in spoken("OH", text, text).data


def test_none_does_not_wipe_what_was_given() -> None:
    reader = Answers(knowledge(), DAY)
    data = {"education": [{"degree": "BSN", "awarded": "2016"}], "experience": [{"title": "nurse", "start": "2016"}]}
    assert reader.put(data, "education", (), "none") == data
    assert reader.put(data, "experience", (), "none") == data
    told = reader.put(data, "education", (), "BSN May 2016; 12 credits business")["education"]
    assert told == [{"degree": "BSN", "awarded": "2016-05"}, {"credits": 12.0, "field": "business"}]
    told = reader.put(data, "experience", (), "clerk, hotel, 2010 to 2012; nurse since 2016")["experience"]
    assert [one["title"] for one in told] == ["nurse", "clerk"]
    with pytest.raises(Unclear, match="already"):
        reader.put(data, "experience", (), "nurse since 2018")
    later = {"experience": [{"title": "nurse", "start": "2010", "end": "2012"}]}
    assert len(reader.put(later, "experience", (), "nurse since 2018")["experience"]) == 2


@pytest.mark.parametrize(
    ("text", "education"),
    [
        ("MHA from UNC, may 2026, and BA psychology 2022", [
            {"degree": "MHA from UNC", "awarded": "2026-05"}, {"degree": "BA psychology", "awarded": "2022"}]),
        ("ADN 2010, BSN 2016", [{"degree": "ADN", "awarded": "2010"}, {"degree": "BSN", "awarded": "2016"}]),
        ("MHA in progress, May 2028", [{"degree": "MHA in progress", "expected": "2028-05"}]),
        ("high school 2014", [{"degree": "high school", "awarded": "2014"}]),
        ("MBA from ASU in 2018", [{"degree": "MBA from ASU", "awarded": "2018"}]),
        ("MHA (in progress) expected May 2028", [{"degree": "MHA (in progress)", "expected": "2028-05"}]),
        ("BBA, human resources, 2018", [{"degree": "BBA, human resources", "awarded": "2018"}]),
    ],
)  # fmt: skip
def test_studies_as_people_tell_them(text: str, education: object) -> None:
    assert talk_of(("OH", "none", "none", text)).data["education"] == education


def test_a_degree_under_way_beside_a_finished_one_is_kept_apart() -> None:
    talk = talk_of(("OH", "none", "none"))
    ask = talk.next()
    assert ask is not None
    with pytest.raises(Unclear, match="When do you expect to finish 'MHA in progress'"):
        talk.say(ask, "BSN 2016; MHA in progress")
    talk.say(ask, "MHA 2028")
    assert talk.data["education"] == [{"degree": "BSN", "awarded": "2016"}, {"degree": "MHA", "expected": "2028"}]


def test_what_was_left_unsaid_at_the_beginning_is_not_asked_in_other_words() -> None:
    talk = talk_of(("OH", "skip", "skip", "skip", "nursing home administrator"))
    asked = set()
    while (ask := talk.next()) is not None:
        asked.add(ask.id)
        talk.say(ask, "yes" if ask.id == "more" else "skip")
    assert not asked & {"experience", "education"}


@pytest.mark.parametrize("text", ["none", "nothing", "no degree"])
def test_no_studies_may_be_high_school_all_the_same(text: str) -> None:
    talk = talk_of(("OH", "none", "none"))
    ask = talk.next()
    assert ask is not None
    with pytest.raises(Unclear, match="high school"):
        talk.say(ask, text)
    talk.say(ask, "did not finish high school")
    assert talk.data["education"] == [{"degree": "did not finish high school"}]


@pytest.mark.parametrize(("text", "sure"), [("high school 2014", True), ("HS 2014", True), ("high school", False)])
def test_high_school_with_the_year_of_its_end_was_finished(text: str, *, sure: bool) -> None:
    profile = talk_of(("OH", "none", "none", text)).profile
    degree = (resolve(profile, knowledge(), Target("", "OH")).degrees or ())[0]
    assert (degree.level, degree.counts.strength is Strength.STATED) == ("high-school", sure)


def test_a_reading_that_was_wrong_is_put_right() -> None:
    reader, data = Answers(knowledge(), DAY), {"education": [{"degree": "MA", "awarded": "2019"}]}
    with pytest.raises(Unclear, match="what was it"):
        reader.put(data, "education[0].level", ("yes", "no"), "no")
    kept = reader.put(data, "education[0].level", ("yes", "no"), "AAS Medical Assisting")["education"]
    assert kept == [{"degree": "AAS Medical Assisting", "awarded": "2019"}]
    with pytest.raises(Unclear, match="know no degree"):
        reader.put(data, "education[0].level", ("yes", "no"), "school of life")
    posts = {"experience": [{"title": "shift manager"}]}
    kept = reader.put(posts, "experience[0].role", (), "restaurant")["experience"]
    assert kept == [{"title": "shift manager", "setting": "other"}]


@pytest.mark.parametrize(
    "entry",
    [
        {"degree": "BSN not awarded until 2018"},
        {"degree": "BSN", "level": "bachelor", "school": "Ohio State (not finished)"},
        {"degree": "MHA", "level": "master", "field": "health administration, never finished"},
        {"degree": "MHA candidate", "level": "master"},
    ],
    ids=str,
)
def test_a_degree_that_was_awarded_whatever_stood_beside_it_is_asked_about_once(entry: dict[str, str]) -> None:
    reader, data = Answers(knowledge(), DAY), {"education": [{**entry, "awarded": "2018"}]}
    for sure in (False, True):
        profile = Profile.model_validate({**data, "schema_version": 1})
        (degree,) = resolve(profile, knowledge(), Target("", "OH")).degrees or ()
        assert degree.counts.strength.counts(confirmed=False) is sure
        data = reader.put(data, "education[0].level", ("yes", "no"), "yes")


@pytest.mark.parametrize("text", ["BLS, ACLS", "I already told you", "yes"])
def test_a_credential_that_we_do_not_know_is_asked_again(text: str) -> None:
    with pytest.raises(Unclear):
        Answers(knowledge(), DAY).put({}, "credentials", (), text)


def test_a_guess_is_confirmed_by_yes() -> None:
    reader, data = Answers(knowledge(), DAY), {"experience": [{"title": "RN med surg"}]}
    kept = reader.put(data, "experience[0].role", ("registered-nurse",), "yeah")
    assert kept["experience"][0]["role"] == "registered-nurse"
    with pytest.raises(Unclear, match="what was it"):
        reader.put(data, "experience[0].role", ("registered-nurse",), "no")


@pytest.mark.parametrize("text", ["all but 1, 2-3", "all but 99", "all but 0", "all but", "not 1"])
def test_numbers_that_are_none_confirm_nothing(text: str) -> None:
    talk = talk_of(("CA", *PEOPLE["charge nurse"][1:5], "NHA"))
    while (ask := talk.next()) is not None and ask.id != "usual":
        talk.say(ask, "skip")
    assert ask is not None
    with pytest.raises(Unclear):
        talk.say(ask, text)
    assert "statements" not in talk.data


def test_back_change_and_what_rests_on_it() -> None:
    talk = talk_of(PEOPLE["charge nurse"])
    whole_, many = talk.text, len(talk.answers)
    last = talk.back()
    assert last is not None
    assert last.ask == "credentials"
    assert "credentials" not in talk.data
    ask = talk.next()
    assert ask is not None
    talk.say(ask, last.said or "")
    assert (talk.text, len(talk.answers)) == (whole_, many)
    assert talk.change(2).ask == "work"
    assert [one.ask for one in talk.answers][:3] == ["state", "earlier", "studied"]
    ask = talk.next()
    assert ask is not None
    assert ask.id == "work"
    with pytest.raises(Unclear, match="no answer 99"):
        talk.change(99)


def test_an_answer_that_cannot_be_read_changes_nothing() -> None:
    talk = talk_of(PEOPLE["charge nurse"][:5])
    before = talk.text
    ask = talk.next()
    assert ask is not None
    with pytest.raises(Unclear, match="help"):
        talk.say(ask, "no such target at all")
    assert talk.text == before
    assert all(wants_help(ask, text) for text in ("help me choose", "", "skip", "idk"))


def test_what_nearly_everybody_confirms_is_one_question() -> None:
    talk = talk_of(("CA", *PEOPLE["charge nurse"][1:5], "NHA"))
    while (ask := talk.next()) is not None and ask.id != "usual":
        talk.say(ask, "skip")
    assert ask is not None
    assert "  2. " in ask.text
    with pytest.raises(Unclear, match="all but"):
        talk.say(ask, "perhaps")
    assert "statements" not in talk.data
    talk.say(ask, "all but 1")
    assert all(talk.data["statements"].values())


def test_a_draft_holds_the_whole_talk(tmp_path: Path) -> None:
    talk = talk_of(PEOPLE["charge nurse"])
    save_draft(tmp_path / "draft.yaml", talk.answers)
    again = Talk(knowledge(), DAY, read_draft(tmp_path / "draft.yaml"))
    assert (again.text, again.answers) == (talk.text, talk.answers)
    (tmp_path / "odd.yaml").write_text("schema_version: 9\n")
    with pytest.raises(InputError, match="no draft"):
        read_draft(tmp_path / "odd.yaml")


# --- on a terminal ----------------------------------------------------------------------------------------------------


def _interruptible() -> None:
    """As a shell starts a program on its terminal, even where the tests run in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """hsm-plan on a pseudo-terminal."""

    def __init__(self, folder: Path, *arguments: str, columns: int = 80) -> None:
        command = ["-m", "hsm_planner", *arguments]
        around = {"HSM_PLAN_PROFILE": str(folder / "profile.yaml"), "PATH": "/usr/bin:/bin", "TERM": "xterm"}
        around |= {"HOME": str(folder), "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8", "LANG": "C.UTF-8"}
        self.child = pexpect.spawn(
            sys.executable, command, encoding="utf-8", dimensions=(40, columns), timeout=60, cwd=str(ROOT), env=around,
            preexec_fn=_interruptible,
        )  # fmt: skip
        self.out = ""

    def wait(self) -> bool:
        """For the next prompt; False when there is none any more."""
        found = self.child.expect([r"\d\. [^\r\n]*.*> ", r"(?<=\n)> ", pexpect.EOF])
        self.out += f"{self.child.before or ''}{self.child.after if isinstance(self.child.after, str) else ''}"
        return found < 2

    def answer(self, *lines: str) -> None:
        for line in lines:
            assert self.wait(), self.out
            self.child.sendline(line)

    def end(self) -> int | None:
        while self.wait():
            self.child.sendline("done")
        self.child.close()
        return self.child.exitstatus


ASK = ("assess", "--plain", "--as-of", "2026-11-23")


@pytest.mark.parametrize("name", PEOPLE)
def test_six_people_from_the_first_question_to_the_report(name: str, tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, *ASK)
    terminal.answer(*PEOPLE[name])
    assert terminal.end() == 0
    assert "So far: " in terminal.out
    assert "Your profile is saved: " in terminal.out
    assert "as of 2026-11-23" in terminal.out
    kept = (tmp_path / "profile.yaml").read_text(encoding="utf-8")
    assert kept == talk_of(PEOPLE[name]).text
    assert not (tmp_path / "draft.yaml").exists()


def test_several_targets_end_in_a_report_of_each(tmp_path: Path) -> None:
    lines = list(PEOPLE["medical assistant"])
    assert "practice manager" in lines
    lines[lines.index("practice manager")] = "practice manager; lead medical assistant"
    terminal = Terminal(tmp_path, *ASK)
    terminal.answer(*lines[: lines.index("practice manager; lead medical assistant") + 1])
    assert terminal.end() == 0
    report = terminal.out[terminal.out.index("Your profile is saved: ") :]
    heads = re.findall(r"([A-Z][^\r\n,]+), Ohio\s+as of", report)
    assert heads == ["Medical office / practice manager", "Lead medical assistant"]
    assert len(re.findall(r"Sources\W", report)) == len(heads)


def test_stopped_at_every_question_and_gone_on(tmp_path: Path) -> None:
    lines = PEOPLE["medical assistant"]
    for stop in range(len(lines)):
        folder = tmp_path / str(stop)
        folder.mkdir()
        first = Terminal(folder, *ASK)
        first.answer(*lines[:stop])
        assert first.wait()
        first.child.sendintr()
        assert not first.wait()
        first.child.close()
        assert first.child.exitstatus == 130
        assert "Kept: " in first.out
        second = Terminal(folder, *ASK)
        second.answer(*lines[stop:])
        assert second.end() == 0
        assert (f"kept so far: {stop} answer" in second.out) == (stop > 0)
        assert (folder / "profile.yaml").read_text(encoding="utf-8") == talk_of(lines).text


def test_killed_in_the_middle_nothing_is_lost(tmp_path: Path) -> None:
    lines = PEOPLE["charge nurse"]
    first = Terminal(tmp_path, *ASK)
    first.answer(*lines[:4])
    assert first.wait()
    first.child.kill(9)
    first.child.close()
    assert len(read_draft(tmp_path / "draft.yaml")) == 4
    second = Terminal(tmp_path, *ASK)
    second.answer(*lines[4:])
    assert second.end() == 0
    assert (tmp_path / "profile.yaml").read_text(encoding="utf-8") == talk_of(lines).text


def test_the_end_of_input_keeps_the_answers(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, *ASK)
    terminal.answer("OH")
    assert terminal.wait()
    terminal.child.sendeof()
    assert not terminal.wait()
    terminal.child.close()
    assert terminal.child.exitstatus == 1
    assert "input has ended" in terminal.out
    assert len(read_draft(tmp_path / "draft.yaml")) == 1


def test_back_review_change_help_and_odd_answers(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, *ASK)
    terminal.answer("Atlantis", "back", "PA", "back", "OH", "medical assistant, physician practice", "soon", "2019",
                    "none", "done", "AAS Medical Assisting 2019", "help", "review", "change 99", "practice manager",
                    "quit")  # fmt: skip
    assert not terminal.wait()
    text = re.sub(r"\s+", " ", terminal.out)
    for words in ("'Atlantis' is not known here", "This is the first question", "Taken back: PA", "'soon' is no date",
                  "For a report we need to know", "The nearest to what you said so far",
                  "in what kind of place? medical assistant", "There is no answer 99", "Kept: "):  # fmt: skip
        assert words in text
    assert len(read_draft(tmp_path / "draft.yaml")) == 6


def test_each_answer_is_said_back_as_understood_and_reviewed_by_its_question(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, *ASK)
    terminal.answer("texas", "RN med surg, nursing home", "Sept 2019", "registered nurse, hospital, 2016 to 8/2019",
                    "ADN may 2016", "nurse manager", "review", "change 6", "NHA", "yes", "back", "quit")  # fmt: skip
    assert not terminal.wait()
    text = re.sub(r"\s+", " ", terminal.out)
    for words in (
        "Kept as state: Texas", "RN med surg, perhaps Registered nurse (staff): to be confirmed (setting: nursing",
        "start: September 2019", "registered nurse, read as Registered nurse (staff) (setting: hospital, start: 2016",
        "end: August 2019)", "ADN, read as associate degree in nursing (awarded: May 2016)",
        "Kept as target: Clinical / nurse manager, Texas", "1. In which state do you want to work? texas",
        "3. Since when: RN med surg? Sept 2019", "6. What do you want to become? Clinical / nurse manager, Texas",
        "Taken back: Clinical / nurse manager, Texas. (What do you want to become?)",
        "Kept as target: Nursing facility administrator licence, Texas",
    ):  # fmt: skip
        assert words in text
    assert not re.search(r"\d\. (?:work|since|earlier|studied|target)\b", text)


@pytest.mark.parametrize("stop", range(len(PEOPLE["charge nurse"])))
def test_left_at_each_question_of_a_narrow_screen_and_gone_on(stop: int, tmp_path: Path) -> None:
    lines, ends = PEOPLE["charge nurse"], bool(stop % 2)
    terminal = Terminal(tmp_path, "assess", "--as-of", "2026-11-23", columns=60)
    for number, line in enumerate(lines[: stop + 1], 1):
        terminal.child.expect(rf"(?s){number}\. .*Why: ")
        terminal.child.expect(">")
        if number <= stop:
            terminal.child.send(line + "\r")
    terminal.child.sendcontrol("d" if ends else "c")
    terminal.child.expect(pexpect.EOF)
    terminal.child.close()
    assert terminal.child.exitstatus == (1 if ends else 130)
    second = Terminal(tmp_path, *ASK)
    second.answer(*lines[stop:])
    assert second.end() == 0
    assert (tmp_path / "profile.yaml").read_text(encoding="utf-8") == talk_of(lines).text


@pytest.mark.parametrize("columns", [60, 100])
def test_with_editing_and_completion_at_any_width(columns: int, tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "assess", "--as-of", "2026-11-23", columns=columns)
    for number, line in enumerate(PEOPLE["medical assistant"], 1):
        terminal.child.expect(rf"(?s){number}\. .*Why: ")
        terminal.child.expect(">")
        if number == 3:
            terminal.child.setwinsize(30, columns - 10)
        terminal.child.send(line + "\r")
    terminal.child.expect("Your profile is saved")
    terminal.child.expect(pexpect.EOF)
    terminal.child.close()
    assert terminal.child.exitstatus == 0
    assert (tmp_path / "profile.yaml").read_text(encoding="utf-8") == talk_of(PEOPLE["medical assistant"]).text


def test_a_saved_profile_is_not_talked_away(tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text("schema_version: 1\nstate: OH\n")
    terminal = Terminal(tmp_path, "profile", "new", "--plain")
    assert terminal.end() == 2
    assert "saved already" in terminal.out
    assert (tmp_path / "profile.yaml").read_text() == "schema_version: 1\nstate: OH\n"


def test_nothing_of_the_talk_stays_behind(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, *ASK)
    terminal.answer(*PEOPLE["medical assistant"])
    assert terminal.end() == 0
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(("draft", "profile"))] == ["profile.yaml"]


def test_plain_is_one_question_a_line(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, *ASK, columns=40)
    terminal.answer("OH", "quit")
    assert not terminal.wait()
    asked = [line for line in terminal.out.splitlines() if line.startswith("2. ")]
    assert asked
    assert asked[0].endswith("or none)")


def test_the_saved_profile_is_read_without_a_question(tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text(talk_of(PEOPLE["charge nurse"]).text, encoding="utf-8")
    terminal = Terminal(tmp_path)
    assert terminal.end() == 0
    assert "Clinical / nurse manager" in terminal.out
    assert "So far" not in terminal.out


def test_the_bare_command_asks_plainly_on_wish(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "--plain")
    terminal.answer("quit")
    assert terminal.end() == 130  # to be gone on with
    assert "1. In which state" in terminal.out


def test_without_a_terminal_nothing_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HSM_PLAN_PROFILE", str(tmp_path / "profile.yaml"))
    assert execute(["assess", "-t", "fache"]) == 2
    assert "PROFILE" in capsys.readouterr().err
    assert execute(["profile", "new"]) == 2
    assert "profile import FILE" in capsys.readouterr().err
    assert execute([]) == 2  # the help, and what to give instead
    shown = capsys.readouterr()
    assert "Usage" in shown.out
    assert "assess PROFILE --target T" in shown.err


@pytest.mark.parametrize(
    "words",
    [
        ("assess", "-t", "fache", "--no-input"),
        ("profile", "new", "--no-input"),
        ("--no-input",),
        ("--no-input", "assess", "-t", "fache"),
        ("--no-input", "profile", "new"),
        ("--no-input", "plan", "-t", "fache"),
    ],
)
def test_a_terminal_may_be_told_not_to_ask(words: tuple[str, ...], tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, *words)
    assert terminal.end() == 2
    assert "PROFILE" in terminal.out


def test_plain_may_stand_before_the_command(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "--plain", "assess")
    terminal.answer("quit")
    assert terminal.end() == 130
    assert "\x1b" not in terminal.out


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("registered nurse, hospital, since 2022-01, 12 hours a week", 12),
        ("RN (24 hrs/wk) at Mercy hospital since 2020", 24),
        ("charge nurse, 0.5 FTE, hospital since 2019", 20),
        ("medical assistant at an urgent care since 2019, part time 20 h", 20),
        ("medical assistant, urgent care, part-time (24 hours), since 2019", 24),
    ],
)
def test_hours_a_week_are_kept(text: str, hours: int) -> None:
    post = talk_of(("OH", text)).data["experience"][0]
    assert post["hours_per_week"] == hours
    assert "week" not in post.get("employer", "")


@pytest.mark.parametrize(
    "text",
    [
        "medical assistant, family practice, part time since 2019",
        "medical assistant, family practice, since 2019, 20 hours",
        "medical assistant, family practice, since 2015 (on leave since 2016)",
        "charge nurse, hospital, since 2019, leading 12 people, budget yes",
        "charge nurse since 2019 and office manager since 2021",
        "practice manager; FACHE",
        "medic, US Army, since 2010, led up to 12 soldiers",
        "nurse, hospital, since 2019, 20-24 hours a week",
        "nurse, hospital, since 2019, part time 20-24 h",
        "unemployed since March 2024, before that nursing home administrator",
        "MA, pediatric office since 2012",
    ],
)
def test_what_is_not_understood_of_a_post_is_asked_again(text: str) -> None:
    with pytest.raises(Unclear):
        talk_of(("OH", text))


@pytest.mark.parametrize(
    ("section", "text"),
    [
        ("memberships", "ACHE and MGMA"),
        ("memberships", "10"),
        ("memberships", "was in ACHE until 2020"),
        ("exams", "taking it in june 2027"),
        ("credentials", "RN OH 2014, currently suspended"),
    ],
)
def test_no_entry_is_kept_under_a_name_that_is_none(section: str, text: str) -> None:
    with pytest.raises(Unclear):
        Answers(knowledge(), DAY).put({}, section, (), text)


def test_an_employer_may_have_an_and_or_a_number() -> None:
    post = talk_of(("OH", "office manager, Smith and Jones Unit 4, since 2018")).data["experience"][0]
    assert post["employer"] == "Smith and Jones Unit 4"


def test_a_title_with_services_is_a_job() -> None:
    posts = talk_of(("OH", "Student services coordinator, medical school, since 2018")).data["experience"]
    assert posts[0]["title"] == "Student services coordinator"


def test_a_single_usual_statement_can_be_answered_no() -> None:
    one = Asked.model_construct(
        id="statements.background-check",
        text="a background check",
        why="",
        answers=(),
        settles=(),
        whom=None,
        usual=True,
    )
    assert "all but" not in usual_ask("usual", (one,)).text
    assert confirmed("no", (one.id,)) == {"background-check": False}
    with pytest.raises(Unclear):
        confirmed("no", (one.id, "statements.x"))


def test_what_was_confirmed_by_number_is_the_same_after_a_stop(tmp_path: Path) -> None:
    talk = talk_of(("CA", *PEOPLE["charge nurse"][1:5], "NHA"))
    while (ask := talk.next()) is not None and ask.id != "usual":
        talk.say(ask, "skip")
    assert ask is not None
    talk.say(ask, "all but 2")
    save_draft(tmp_path / "draft.yaml", talk.answers)
    assert Talk(knowledge(), DAY, read_draft(tmp_path / "draft.yaml")).data == talk.data


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("practice manager and nursing home administrator", ["medical-office-manager", "nursing-home-administrator"]),
        ("nurse manager; FACHE", ["clinical-nurse-manager", "fache"]),
        ("a practice manager", ["medical-office-manager"]),
        ("I want to be a nurse manager", ["clinical-nurse-manager"]),
        ("Ohio NHA", ["nha-oh"]), ("NHA in PA", ["nha-pa"]), ("NHA", ["nha-oh"]),
    ],
)  # fmt: skip
def test_targets_as_people_name_them(text: str, ids: list[str]) -> None:
    talk = talk_of((*PEOPLE["medical assistant"][:5], text))
    assert [goal.id for goal in talk.goals] == ids


@pytest.mark.parametrize(
    "text", ["practise manger", "practice manager and nursing home adminstrator", "nurse", "clinic"]
)
def test_a_target_that_is_not_sure_is_chosen_by_number(text: str) -> None:
    talk = talk_of(PEOPLE["medical assistant"][:5])
    ask = talk.next()
    assert ask is not None
    with pytest.raises(Unclear, match="no list was shown"):
        talk.say(ask, "1")
    with pytest.raises(Unclear, match=r"(?s)which of these.*  1\. "):
        talk.say(ask, text)
    with pytest.raises(Unclear, match="no number 99"):
        talk.say(ask, "99")
    offered = talk.choices
    talk.say(ask, "1 and 2" if len(offered) > 1 else "1")
    assert [goal.id for goal in talk.goals] == [one.id for one in offered[:2]]
    assert Talk(knowledge(), DAY, talk.answers).goals == talk.goals


def test_each_of_several_targets_is_asked_about() -> None:
    talk = talk_of((*PEOPLE["charge nurse"][:5], "nurse manager and nursing home administrator"))
    assert [talk.assessment(number) is not None for number in range(3)] == [True, True, False]
    while (ask := talk.next()) is not None:
        talk.say(ask, "yes" if ask.id == "more" else "skip")
        assert len(talk.answers) < 40
    settled = {one.ask for one in talk.answers}
    second = talk.assessment(1)
    assert second is not None
    assert {
        one.id for one in second.questions if set(one.settles) & {x.id for x in second.findings if x.on_path}
    } & settled


@pytest.mark.parametrize("lines", [("OH", "none", "none", "high school 2014"), ("skip", "skip", "skip", "skip")])
def test_help_has_something_for_those_who_begin(lines: tuple[str, ...]) -> None:
    talk = talk_of(lines)
    near, first = talk.near()
    assert len(near) + len(first) >= 4
    ask = talk.next()
    assert ask is not None
    talk.say(ask, "2")
    assert talk.goals[0].id == talk.choices[1].id


EXAMPLES = {
    "assistant-administrator": "NHA", "charge-nurse": "nursing home administrator",
    "health-administration-graduate": "FACHE", "health-information-graduate": "RHIA", "hr-specialist": "HR manager",
    "medical-assistant": "practice manager", "patient-services-representative": "patient access supervisor",
    "records-specialist": "HIM manager", "restaurant-manager": "practice manager",
}  # fmt: skip


def told(ask: Ask, person: dict[str, Any]) -> str:
    """What the person of an example would say."""
    posts = sorted(person["experience"], key=lambda post: "end" in post)
    place = re.fullmatch(r"(\w+)\[(\d+)\]\.(\w+)", ask.id)
    if place:
        entry = (posts if place[1] == "experience" else person[place[1]])[int(place[2])]
        value = entry.get(place[3], "skip")
        return {True: "yes", False: "no"}[value] if isinstance(value, bool) else re.sub(r"[\[\]']", "", str(value))
    lines = [
        f"{one['title']}, {one.get('setting', 'skip').replace('-', ' ').replace('other', 'outside health care')}, "
        + (f"{one['start']} to {one['end']}" if "end" in one else f"since {one['start']}")
        for one in posts
    ]
    now = sum("end" not in one for one in posts)
    studies = [f"{one['degree']} {one.get('field', '')} {one['awarded']}" for one in person["education"]]
    held = [
        f"{one['id']} {one.get('state', '')} {one['issued']}{' to ' + one['expires'] if 'expires' in one else ''}"
        for one in person.get("credentials", ())
    ]
    said_of = {
        "state": person["state"], "work": "; ".join(lines[:now]) or "none", "earlier": "; ".join(lines[now:]) or "none",
        "studied": "; ".join(studies), "more": "yes", "usual": "yes", "credentials": "; ".join(held) or "none",
    }  # fmt: skip
    return str(said_of.get(ask.id, "none" if person.get(ask.id) == [] else "skip"))


@pytest.mark.parametrize("name", EXAMPLES)
def test_fewer_than_twenty_questions_for_each_example(name: str) -> None:
    person = yaml.safe_load((ROOT / "examples" / f"{name}.yaml").read_text(encoding="utf-8"))
    talk = Talk(knowledge(), DAY)
    while (ask := talk.next()) is not None:
        assert ask.why
        talk.say(ask, EXAMPLES[name] if ask.id == "target" else told(ask, person))
        assert len(talk.answers) < 20, [one.ask for one in talk.answers]
    asked = [one.ask for one in talk.answers]
    assert len(asked) == len(set(asked))
    assert [one.title for one in talk.profile.experience or ()] == [
        one["title"] for one in sorted(person["experience"], key=lambda post: "end" in post)
    ]


def test_what_may_hurt_to_be_asked_is_marked_by_the_data() -> None:
    marked = {item.id: item.delicate for item in knowledge().statements}
    assert marked["nc-sound-health"]
    assert marked["la-no-felony"]
    assert marked["ma-us-citizen"]
    assert not marked["hse-supervised-administrators"]
    one = Asked.model_construct(id="born", text="", why="", answers=(), settles=(), whom=None, usual=False)
    assert engine_ask(knowledge(), one, (), {"age"}).delicate
    assert not engine_ask(knowledge(), one.model_copy(update={"id": "experience"}), (), {"experience"}).delicate
    one = one.model_copy(update={"id": "statements.la-no-felony"})
    assert engine_ask(knowledge(), one, (), {"statement"}).delicate


def test_a_post_that_cannot_matter_is_not_asked_about_first() -> None:
    """A hotel of long ago stands first in the list; what the hospital was like decides."""
    ids = ("experience[0].supervises", "experience[1].supervises")
    asked = [
        Asked.model_construct(id=one, text="", why="", answers=(), settles=(), whom=None, usual=False) for one in ids
    ]
    data = {"experience": [{"title": "a"}, {"title": "b"}]}
    chosen = first_that_matters(asked, data, knowledge(), lambda one: one["experience"][1].get("supervises", 0) > 5)
    assert chosen is asked[1]
    assert first_that_matters(asked, data, knowledge(), lambda _: 0) is asked[0]


def test_days_that_together_change_nothing_are_not_asked_for() -> None:
    """Each alone may leave all as it is where both of two posts decide."""
    one = Asked.model_construct(
        id="experience[0].start", text="", why="", answers=(), settles=(), whom=None, usual=False
    )
    asked = [one, one.model_copy(update={"id": "experience[1].start"})]
    data = {"experience": [{"title": "a", "start": "2015"}, {"title": "b", "start": "2020"}]}
    assert first_that_matters(asked, data, knowledge(), lambda _: 0) is None

    def both(changed: Mapping[str, Any]) -> bool:
        return [one["start"] for one in changed["experience"]] == ["2015-01-01", "2020-01-01"]

    assert first_that_matters(asked, data, knowledge(), both) is one
    lines = ("PA", "LPN, nursing home, since 3/2012", "CNA, nursing home, 2008-2012", "high school 2007")
    talk = talk_of((*lines, "billing supervisor", "skip"))
    assert talk.answers[-1].ask == "experience[1].role"
    assert talk.next() is None


def test_a_long_list_is_not_read_out() -> None:
    with pytest.raises(Unclear, match="usual name") as caught:
        Answers(knowledge(), DAY).put({"experience": [{"title": "a"}]}, "experience[0].role", (), "xyzzyx")
    assert len(str(caught.value)) < 100
    with pytest.raises(Unclear, match="what was it"):
        Answers(knowledge(), DAY).put({"experience": [{"title": "a"}]}, "experience[0].role", (), "none")


@pytest.mark.parametrize(
    ("words", "wanted"),
    [([], False), (["plan"], False), (["plan", "--json"], True), (["show", "--format", "json"], True)],
)
def test_errors_take_the_form_that_was_asked_for(words: list[str], *, wanted: bool) -> None:
    assert _wants_json(words) is wanted


def test_each_profile_has_its_own_draft() -> None:
    assert draft_of(Path("here/profile.yaml")) == Path("here/draft.yaml")
    assert draft_of(Path("here/maria.yaml")) != draft_of(Path("here/john.yaml"))


@pytest.mark.parametrize(
    ("line", "title", "setting", "employer"),
    [
        ("RN in a hospital", "RN", "hospital", None),
        ("director of nursing in a skilled nursing facility", "director of nursing", "nursing-home", None),
        ("HR manager in a hotel", "HR manager", None, "hotel"),
        ("i work at burger king as shift lead", "shift lead", None, "burger king"),
        ("Director of Nursing at Sunrise, nursing home", "Director of Nursing", "nursing-home", "Sunrise"),
        ("nurse in training", "nurse in training", None, None),
    ],
)
def test_a_post_in_or_at_a_place_is_the_post_and_its_place(
    line: str, title: str, setting: str | None, employer: str | None
) -> None:
    reader = Answers(knowledge(), DAY)
    told, _ = reader.line(f"{line}, since 2019")
    post = reader.post(told)
    assert (post["title"], post["setting"], post["employer"]) == (title, setting, employer)


@pytest.mark.parametrize(("text", "number"), [("8", 8), ("yes, 3 people", 3), ("12 direct reports", 12), ("none", 0)])
def test_a_number_may_have_words_beside_it(text: str, number: int) -> None:
    assert whole(text) == number
    for vague in ("3 or 4", "about 12", "up to 5", "a few", "3-4"):
        with pytest.raises(Unclear):
            whole(vague)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("nurse, hospital, since 3 years ago", "2023"),
        ("nurse, hospital, since two months ago", "2026-09"),
        ("nurse, hospital, since 03/2022", "2022-03"),
        ("nurse, hospital, since Jan. 2019", "2019-01"),
        ("nurse, hospital, since March of 2020", "2020-03"),
        ("nurse, hospital, since Mar-2020", "2020-03"),
        ("nurse, hospital, since May, 2019", "2019-05"),
    ],
)
def test_posts_have_dates_as_people_write_them(text: str, start: str) -> None:
    assert Answers(knowledge(), DAY).held(text) == {"title": "nurse", "setting": "hospital", "start": start}


def test_degrees_have_dates_as_people_write_them() -> None:
    assert Answers(knowledge(), DAY).studies("BSN 5 years ago; MHA 2 years ago") == [
        {"degree": "BSN", "awarded": "2021"}, {"degree": "MHA", "awarded": "2024"},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "start", "end"),
    [
        ("from January to March 2020", "2020-01", "2020-03"),
        ("May\u2013August 2019", "2019-05", "2019-08"),
        ("Nov to Feb 2020", "2019-11", "2020-02"),
        ("March 2019 to May 2020", "2019-03", "2020-05"),
    ],
)
def test_two_months_may_share_a_year(told: str, start: str, end: str) -> None:
    held = Answers(knowledge(), DAY).held(f"billing clerk, clinic, {told}")
    assert (held["start"], held["end"]) == (start, end)


def test_what_was_asked_of_a_target_is_said_where_none_is_chosen(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "assess", "--plain", "--plan", "--standard", "required")
    terminal.answer("PA", "charge nurse, hospital, since 2015", "none", "BSN 2014", "done")
    assert terminal.end() == 0
    assert "no target was chosen, so --plan, --standard had nothing to do" in terminal.out


def test_who_chooses_no_target_sees_how_near_all_are(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "--plain")
    terminal.answer("PA", "charge nurse, hospital, since 2015", "none", "BSN 2014", "done")
    assert terminal.end() == 0
    assert "Next: hsm-plan assess -t NAME" in terminal.out
    assert "Clinical / nurse manager" in terminal.out
    assert "target" not in yaml.safe_load((tmp_path / "profile.yaml").read_text(encoding="utf-8"))


def test_a_new_profile_ends_with_the_report(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "profile", "new", "--plain", "--as-of", "2026-11-23")
    terminal.answer("PA", "charge nurse, hospital, since 2015", "none", "BSN 2014", "nurse manager", "done")
    assert terminal.end() == 0
    assert "Your profile is saved" in terminal.out
    assert "Clinical / nurse manager, Pennsylvania" in terminal.out
