"""The questions people ask most: found by their words, looked up with sources, and honest where the data is silent."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from functools import cache
from pathlib import Path

import jsonschema
import pytest

from hsm_planner.cli.main import execute
from hsm_planner.engine.assess import Goal
from hsm_planner.knowledge.check import check
from hsm_planner.knowledge.store import Knowledge
from hsm_planner.planner.asking import Answered, answered
from hsm_planner.planner.least import LICENSED, NO_DEGREE, UNREAD, group_of
from hsm_planner.planner.plan import plan
from hsm_planner.planner.told import Told
from hsm_planner.profile.read import read_profile
from hsm_planner.report.schemas import schema

ROOT = Path(__file__).parents[1]
AS_OF = dt.date(2026, 11, 23)
NURSE = ROOT / "examples" / "charge-nurse.yaml"
ASKED = {
    "MHA, MBA or MPH?": "which-master",
    "can I manage with only a bachelor's": "bachelor-only",
    "RN: MSN, MHA or MBA?": "nurse-master",
    "will lack of a BSN stop me?": "no-bsn",
    "will I earn less as a manager?": "earn-less",
    "how many AIT hours with my education, and when do they start to count?": "ait-hours",
    "nursing home administrator without a bachelor's as an RN?": "nha-without-bachelor",
    "next intake?": "next-intake",
    "does my licence move?": "licence-moves",
    "is an online or unaccredited degree accepted?": "online-degree",
    "what counts as a healthcare management position?": "what-is-management",
    "which continuing education counts and how far back?": "which-ce",
    "FACHE without a master's?": "fache-without-master",
    "certificate instead of a second master's?": "certificate-instead",
    "medical assistant to manager: how long, part time?": "assistant-to-manager",
    "cost and lost pay?": "cost-and-lost-pay",
    "I have the degree and no experience: what counts?": "degree-no-experience",
    "I know no Fellow, find no preceptor: then what?": "no-fellow-no-preceptor",
}


@cache
def knowledge() -> Knowledge:
    return Knowledge.load(ROOT / "data")


def told(
    name: str,
    example: str | None = None,
    state: str | None = None,
    day: dt.date = AS_OF,
    targets: tuple[str, ...] = (),
) -> Answered:
    question = next(one for one in knowledge().questions.questions if one.id == name)
    person = None
    if example is not None:
        path = ROOT / "examples" / f"{example}.yaml"
        person, _ = read_profile(path.read_text(encoding="utf-8"), example)
        state = state or person.state
    return answered(knowledge(), question, person, state, day, targets=targets)


def texts(found: Answered) -> list[str]:
    return [one.text for part in found.parts for one in part.told]


def test_all_questions_are_there() -> None:
    assert {one.id for one in knowledge().questions.questions} >= set(ASKED.values())


@pytest.mark.parametrize("words", ASKED)
def test_a_question_is_found_by_its_words(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["ask", words, "--json", "--as-of", "2026-11-23"]) == 0
    found = json.loads(capsys.readouterr().out)
    jsonschema.validate(found, schema("ask"))
    assert found["id"] == ASKED[words]


def below(told: list[Told], start: int) -> list[str]:
    """What stands below one of the sentences."""
    rest = itertools.takewhile(lambda one: one.depth > told[start].depth, told[start + 1 :])
    return [one.text for one in rest]


def all_told(found: Answered) -> list[Told]:
    return [one for part in found.parts for one in part.told]


def test_one_of_and_all_of_stay_in_the_words() -> None:
    told_ = all_told(told("nha-without-bachelor", state="CA"))
    (ways,) = [n for n, one in enumerate(told_) if one.text == "one of these:" and one.depth == 2]
    named = below(told_, ways)
    assert any("bachelor's degree" in text for text in named)
    assert any("60 college credits" in text for text in named)
    (nurse,) = [n for n, one in enumerate(told_) if one.text.startswith("Registered nurse licence")]
    assert told_[nurse - 1].text.startswith("all of these")
    assert any("10 years of work as a registered nurse" in text for text in below(told_, nurse - 1))


def test_a_way_without_a_degree_stands_beside_the_degree() -> None:
    found = told("degree-asked", targets=("cmpe",))
    told_ = all_told(found)
    (ways,) = [n for n, one in enumerate(told_) if one.text == "one of these:" and one.depth == 2]
    assert any("6 years of health care" in text for text in below(told_, ways))


@pytest.mark.parametrize(
    ("example", "state", "first"),
    [
        ("health-administration-graduate", "OH", "With bachelor's degree or higher (BS Health Administration"),
        ("charge-nurse", "CA", "With Registered nurse licence"),
        ("charge-nurse", "OH", "Not there yet: bachelor's degree or higher: 9 months"),
    ],
)  # fmt: skip
def test_hours_of_training_by_what_the_person_holds_come_first(example: str, state: str, first: str) -> None:
    found = told("ait-hours", example, state)
    own = found.parts[0].told
    assert own[0].text.startswith(first)
    assert ("9 months" in own[0].text) is (state == "OH")
    assert all(one.sources for one in own)


def test_hours_stand_beside_the_education_that_they_go_with() -> None:
    told_ = all_told(told("ait-hours", state="OH"))
    for degree, length in (("bachelor's degree or higher", "9 months"), ("master's degree or higher", "6 months")):
        (at,) = [n for n, one in enumerate(told_) if one.text == degree]
        assert told_[at - 1].text == "all of these:"
        assert any(text.startswith(length) for text in below(told_, at - 1))


def test_when_hours_count_is_said_or_said_not_to_be_known() -> None:
    starts = told("ait-hours", state="PA").parts[2].told
    assert any("only after the approval" in one.text and one.sources for one in starts)
    (ohio,) = told("ait-hours", state="OH").parts[2].told
    assert ohio.tone == "unknown"
    assert "Ask before you begin" in ohio.text


def test_who_takes_a_degree_names_licences_and_what_is_only_preferred() -> None:
    told_ = texts(told("which-master"))
    named = next(text for text in told_ if "health administration is named by" in text)
    preferred = next(text for text in told_ if "health administration is preferred or advised, not asked, by" in text)
    assert "Nursing home administrator licence of" in named
    assert "Medical office / practice manager" in preferred
    assert "Medical office / practice manager" not in named


def test_silence_on_a_record_is_no_answer() -> None:
    told_ = all_told(told("record-asked", targets=("medical-office-manager",)))
    assert all(one.tone == "unknown" for one in told_)
    assert "no yes and no no" in told_[0].text


def test_an_answer_names_whom_to_ask_where_the_data_is_silent() -> None:
    for question in knowledge().questions.questions:
        if question.needs_target and question.id not in ("what-asked", "how-far", "licence-asked"):
            assert any(part.show == "silent" for part in question.parts), question.id


@pytest.mark.parametrize("example", [None, "charge-nurse", "restaurant-manager"])
@pytest.mark.parametrize("target", ["nha", "nursing-home-administrator", "medical-office-manager", "fache", "rn"])
def test_each_question_can_be_asked_of_each_kind_of_target(target: str, example: str | None) -> None:
    for question in knowledge().questions.questions:
        if question.needs_target and not (example and any(part.show == "plan" for part in question.parts)):
            found = told(question.id, example, "IN", targets=(target,))
            assert all(part.told for part in found.parts), question.id


@pytest.mark.parametrize("example", [None, "charge-nurse", "medical-assistant", "hr-specialist"])
@pytest.mark.parametrize("name", ASKED.values())
def test_each_answer_says_something_and_cites_it(name: str, example: str | None) -> None:
    found = told(name, example)
    assert all(part.told for part in found.parts)
    for part in found.parts:
        for one in part.told:
            assert set(one.sources) <= set(found.sources)
    own = ("For you", "By what you say")
    for part in found.parts:
        for one in part.told:
            assert one.sources or one.tone != "plain" or one.text.startswith(own) or "by what the post" in one.text, (
                one.text
            )


def test_without_a_state_or_a_person_it_asks_for_them() -> None:
    for name in ("ait-hours", "next-intake"):
        unknown = [one for part in told(name).parts for one in part.told if one.tone == "unknown"]
        assert any("--state" in one.text for one in unknown)
    assert any("--profile" in text for text in texts(told("cost-and-lost-pay", state="OH")))


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        ("2026-10-21", "2027-01-01"),
        ("2026-10-22", "2027-04-01"),
        ("2027-01-21", "2027-04-01"),
        ("2027-01-22", "2027-07-01"),
    ],
)
def test_the_next_intake_is_the_next_that_can_be_filed_for(day: str, begins: str) -> None:
    first = texts(told("next-intake", state="OH", day=dt.date.fromisoformat(day)))[0]
    assert f"begins on {begins}" in first


def test_silence_is_no_yes() -> None:
    (only,) = [one for part in told("next-intake", state="PA").parts for one in part.told]
    assert only.tone == "unknown"
    assert "any time" not in only.text


def test_a_plan_in_an_answer_is_the_plan() -> None:
    person, _ = read_profile(NURSE.read_text(encoding="utf-8"), "x")
    alone = plan(person, knowledge(), Goal("license", "nha-pa", "PA"), AS_OF)
    (text,) = [
        one for one in texts(told("cost-and-lost-pay", "charge-nurse")) if one.startswith("For you, Nursing home")
    ]
    assert f"{alone.months} months" in text
    assert f"until {alone.finish}" in text


def test_no_post_is_said_to_ask_no_degree_where_a_licence_or_an_unread_part_may() -> None:
    order = list(knowledge().level_ids())
    groups: dict[str, set[str]] = {}
    for name in knowledge().ids("roles", "roles"):
        role = knowledge().role(name)
        assert role is not None
        groups.setdefault(group_of(knowledge(), role, order, AS_OF, None), set()).add(name)
    assert "nursing-home-administrator" in groups[LICENSED]
    assert "clinical-nurse-manager" in groups[LICENSED]
    assert "medical-office-manager" in groups["associate"]
    assert "cmo" in groups[UNREAD] | groups[LICENSED] | groups.get("first-professional", set())
    assert not groups[NO_DEGREE] & groups[LICENSED]
    assert "ceo" in groups["bachelor"]


def test_the_state_may_stand_in_the_question(capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["ask", "when is the next intake in Ohio?", "--as-of", "2026-11-23", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["state"] == "OH"


def test_what_a_plan_rests_on_is_said_with_it() -> None:
    found = [one for part in told("assistant-to-manager", "medical-assistant").parts for one in part.told]
    unknown = [one.text for one in found if one.tone == "unknown"]
    assert any("supervising staff" in text and "12 months later" in text for text in unknown)


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["ask"]) == 0
    listed = capsys.readouterr().out
    assert all(name in listed for name in ASKED.values())
    assert execute(["ask", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["questions"]) == len(knowledge().questions.questions)
    for other in ("what is the weather like", "how do i become rich", "how long is a hospital stay"):
        assert execute(["ask", other]) == 1
    assert "lists all" in capsys.readouterr().err
    assert execute(["ask", "no-bsn", "--profile", str(NURSE), "--as-of", "2026-11-23"]) == 0
    text = capsys.readouterr().out
    assert "For you, " in text
    assert "Sources" in text
    assert execute(["ask", "no-bsn", "--state", "ZZ"]) == 1


def test_the_check_knows_what_a_question_looks_up(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    for path in (ROOT / "data").iterdir():
        if path.suffix in (".yaml", ".csv"):
            (folder / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    questions = folder / "questions.yaml"
    text = questions.read_text(encoding="utf-8")
    questions.write_text(text.replace("of: [mha, mba-healthcare, mph]", "of: [mhaa]", 1), encoding="utf-8")
    problems = check(folder).problems
    assert [problem.code for problem in problems] == ["unknown-id"]
    assert problems[0].line


def test_what_names_a_credential_is_told_by_who_asks() -> None:
    """RHIA: no law and no employer asks it; it is preferred of five posts, and a rule takes it as one of several."""
    rhia = [one.text for one in told("what-it-opens", targets=("rhia",)).parts[0].told]
    assert [text.split(": ", 1)[1].split(",")[0] for text in rhia] == [
        "it makes a strong candidate", "the rule names it", "it is advised",
    ]  # fmt: skip
    assert "Health information manager" in rhia[0]
    assert "CHPS" in rhia[1]
    asked = [one.text for one in told("what-it-opens", targets=("rn",)).parts[0].told]
    assert "the law names it, alone or as one of several, for" in asked[0]
    assert "Registered nurse (staff)" in asked[0]


def test_where_people_move_on_to_is_the_ladder_of_the_data() -> None:
    (onward,) = told("what-it-opens", targets=("medical-assistant",)).parts[0].told
    role = knowledge().role("medical-assistant")
    assert role is not None
    for edge in role.next_roles:
        further = knowledge().role(edge.role)
        assert further is not None
        assert further.title in onward.text
    assert set(onward.sources) == {name for edge in role.next_roles for name in edge.sources}


def test_growth_is_that_of_the_outlook() -> None:
    lead, *editions = told("job-outlook", targets=("department-manager",)).parts[0].told
    assert "11-9111" in lead.text
    assert editions[0].text.startswith("2024-34: +23 %, from 616,200 to 759,100 jobs")
    assert all(one.sources for one in editions)


def test_posts_that_are_counted_in_two_occupations_are_told_with_both() -> None:
    told_of = told("job-outlook", targets=("medical-office-manager",)).parts[0].told
    leads = [one.text for one in told_of if one.tone == "lead"]
    assert ["11-9111" in leads[0], "43-1011" in leads[1], "some posts of" in leads[1]] == [True, True, True]


@pytest.mark.parametrize("words", ["how much does the NAB exam cost", "does the nab exam have a pass rate"])
def test_exams_that_every_state_asks_need_no_state(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["ask", words, "--json", "--as-of", "2026-11-23"]) == 0
    found = json.loads(capsys.readouterr().out)
    said = [one for part in found["parts"] for one in part["told"]]
    assert (found["id"], found["targets"]) == ("exams-asked", ["nha"])
    assert any("NAB Core of Knowledge" in one["text"] and one["sources"] for one in said)
    assert not any("Ohio" in one["text"] for one in said)


def test_a_school_by_name_is_asked_about_as_online(capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["ask", "is WGU's MHA accepted for FACHE", "--json", "--as-of", "2026-11-23"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "online-degree"


def what_it_is(target: str, state: str | None) -> list[tuple[str, str]]:
    """What is told of what a target is, with the tone."""
    return [(one.tone, one.text) for one in told("what-it-is", state=state, targets=(target,)).parts[0].told]


def test_a_licence_of_a_state_is_told_of_a_post_there() -> None:
    [(tone, text)] = what_it_is("assisted-living-director", "CA")
    assert tone == "plain"
    assert "asks of everybody: Administrator certificate, residential care facility for the elderly" in text


def test_a_licence_that_was_not_read_is_not_known() -> None:
    (_, post), (tone, text) = what_it_is("assisted-living-director", "OH")
    assert post.endswith(": a post.")
    assert tone == "unknown"
    assert "not read: the licence" in text
    assert "Ask: the department of your state that licenses assisted living residences." in text


def test_what_differs_by_state_is_not_told_without_one() -> None:
    _, (tone, text) = what_it_is("assisted-living-director", None)
    assert tone == "unknown"
    assert "differs by state" in text
    assert "Add --state" in text
    [(_, whole)] = what_it_is("nursing-home-administrator", None)
    assert "asks of everybody: Nursing home administrator licence" in whole


def test_a_state_that_gives_no_licence_is_told_with_its_own_words() -> None:
    found = [text for _, text in what_it_is("assisted-living-director", "TX")]
    assert any("Texas gives no licence to the person" in text for text in found)
    found = [text for _, text in what_it_is("assisted-living-director", "NY")]
    assert any("as one of several ways: Adult home" in text for text in found)


def test_what_a_certification_says_of_licences_stands_for_itself() -> None:
    found = [text for _, text in what_it_is("hse", "OH")]
    assert not any("licences are given by states" in text for text in found)
    assert any("a few license the HSE itself" in text for text in found)
    [(_, text)] = what_it_is("fache", "OH")
    assert text.endswith("and no licence: licences are given by states.")


def test_what_is_asked_of_nobody_and_what_was_not_read_is_said_in_the_same_words() -> None:
    for name in ("what-it-is", "what-it-costs"):
        found = texts(told(name, state="OH", targets=("assisted-living-director",)))
        assert any("not read: the licence, schooling" in text for text in found)


def test_a_training_is_no_licence_and_what_it_leads_to_is_of_the_data() -> None:
    found = texts(told("what-is-ait", state="OH"))
    assert "a training, and itself no licence" in found[0]
    assert "Nursing home administrator licence" in found[0]
    assert any("months of administrator-in-training (AIT), full time" in text for text in found)


def test_what_no_law_asks_is_said_not_to_be_asked() -> None:
    found = texts(told("is-it-required", targets=("cnha",)))
    assert "(CNHA) is paused" in found[0]
    assert any("(CNHA): no law that we read asks it of everybody in a post." in text for text in found)
    found = texts(told("is-it-required", targets=("rn",), state="OH"))
    assert any("asks it of everybody for: Registered nurse (staff), Charge nurse" in text for text in found)


def test_a_fellow_is_told_by_the_certifications_that_make_one() -> None:
    assert "(FACHE): a certification" in texts(told("what-is-a-fellow"))[0]


def test_who_asks_to_be_a_preceptor_hears_nothing_of_references(capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["ask", "can I be a preceptor in Texas"]) == 0
    out = capsys.readouterr().out
    assert "A preceptor has been licensed for 5 years" in out
    assert "FACHE" not in out


def test_a_licence_that_the_data_has_no_entry_of_is_named_all_the_same() -> None:
    found = [text for _, text in what_it_is("cmo", "OH")]
    assert any("a licence as a physician (MD or DO)" in text for text in found)
