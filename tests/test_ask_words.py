"""Questions as people type them: each is understood as one question of one thing, or refused with what is near."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from hsm_planner.cli.main import execute
from hsm_planner.knowledge.meant import meant
from tests.support import knowledge

REFUSED = "refused"
AIMLESS = "no-target"
WORDINGS = {  # as people type them -> the question, what it is about, the state
    # a nurse
    "will i earn less as a manager than as a nurse": ("earn-less", "", ""),
    "do managers make more than nurses": ("earn-less", "registered-nurse", ""),
    "nurse manager without BSN": ("no-bsn", "clinical-nurse-manager", ""),
    "I'm an RN with an associates degree, can I be a nurse manager": ("no-bsn", "clinical-nurse-manager", ""),
    "as a charge nurse how do I move up to director of nursing": (
        "what-asked", "director-of-nursing-hospital nursing-home-don", ""),
    "do I need to be a nurse to be a director of nursing": (
        "licence-asked", "director-of-nursing-hospital nursing-home-don", ""),
    "can I be a nursing home administrator with just an RN license": ("what-asked", "nursing-home-administrator", ""),
    "LPN to nursing home administrator": ("what-asked", "nursing-home-administrator", ""),
    "i have bsn and 10 years experience, can i be a DON": (
        "no-bsn", "director-of-nursing-hospital nursing-home-don", ""),
    # a medical assistant, somebody at the front desk, a biller
    "can a medical assistant become an office manager": ("assistant-to-manager", "medical-office-manager", ""),
    "medical assistant here, no college, how do I become a practice manager": (
        "degree-asked", "medical-office-manager", ""),
    "how long for an MA to be office manager part time": ("assistant-to-manager", "medical-office-manager", ""),
    "im a dental assistant can i be an office manager": ("what-asked", "medical-office-manager", ""),
    "do I need a license to be a practice manager": ("licence-asked", "medical-office-manager", ""),
    "do I have to be certified to manage a clinic": ("certification-asked", "ambulatory-clinic-manager", ""),
    "what does a practice manager make": ("what-it-pays", "medical-office-manager", ""),
    "does billing experience count": (AIMLESS, "", ""),
    "certificaton for practise manager": ("certification-asked", "medical-office-manager", ""),
    "can i be a manger without a degre": ("bachelor-only", "", ""),
    # somebody who holds something already
    "can I transfer my NHA from PA to NJ": ("licence-moves", "nha", "NJ"),
    "I have a DUI can I still get licensed as nursing home administrator in PA": (
        "record-asked", "nursing-home-administrator", "PA"),
    "medical assistant to manager": ("assistant-to-manager", "", ""),
    "medical assistant to manager: how long, part time?": ("assistant-to-manager", "", ""),
    # what it is like, where it leads
    "what does a nursing home administrator do all day": ("duties-asked", "nursing-home-administrator", ""),
    "what does a hospital administrator do": ("duties-asked", "hospital-administrator", ""),
    "where do health services managers work": ("workplaces-asked", "department-manager", ""),
    "what skills do I need": ("skills-asked", "", ""),
    "is health care management growing": ("field-outlook", "", ""),
    "will there be jobs for practice managers": ("job-outlook", "medical-office-manager", ""),
    "what jobs can I get with RHIA": ("what-it-opens", "rhia", ""),
    "what can I do with a CMPE": ("what-it-opens", "cmpe", ""),
    "what can a medical assistant move on to": ("what-it-opens", "medical-assistant", ""),
    "what does RHIT lead to": ("what-it-opens", "rhit", ""),
    # somebody who wants to run a nursing home
    "how long does it take to become a nursing home administrator": ("how-long", "nursing-home-administrator", ""),
    "what exam do I need to be a nursing home administrator": ("exams-asked", "nursing-home-administrator", ""),
    "how hard is the NAB exam": ("exams-asked", "nha", ""),
    "can I become a nursing home administrator with a high school diploma": (
        "degree-asked", "nursing-home-administrator", ""),
    "do I need a masters to be a nursing home administrator in CA": (
        "degree-asked", "nursing-home-administrator", "CA"),
    "nha texas requirements": ("what-asked", "nha", "TX"),
    "how many AIT hours in Ohio": ("ait-hours", "", "OH"),
    "how many hours of AIT with a master's in Pennsylvania": ("ait-hours", "", "PA"),
    "can I do my AIT while working full time": ("ait-hours", "", ""),
    "do I get paid during AIT": ("cost-and-lost-pay", "", ""),
    "where do I find a preceptor": ("no-fellow-no-preceptor", "", ""),
    "how do I renew my nursing home administrator license": ("renewal-asked", "nha", ""),
    "does my California nursing home license work in Nevada": ("licence-moves", "nha", "NV"),
    "can I transfer my license to Florida": ("licence-moves", "", "FL"),
    "Can I use my Pennsylvania license in Illinois?": ("licence-moves", "", "IL"),
    "When does the AIT clock start in Ohio?": ("ait-hours", "", "OH"),
    "When do my AIT hours start counting?": ("ait-hours", "", ""),
    "When does the next class start in Ohio?": ("next-intake", "", "OH"),
    "Can I get FACHE with only an MD?": ("fache-without-master", "fache", ""),
    "Can an RN without a bachelor's become a nursing home administrator?": (
        "nha-without-bachelor", "nursing-home-administrator", ""),
    "I can't find a preceptor": ("no-fellow-no-preceptor", "", ""),
    "I cannot find a Fellow": ("no-fellow-no-preceptor", "", ""),
    "can I move from Ohio to Florida with my license": ("licence-moves", "", "FL"),
    "is WGU accredited for nursing home administrator": ("online-degree", "nursing-home-administrator", ""),
    "am I too old at 52 to become a nursing home administrator": ("age-asked", "nursing-home-administrator", ""),
    "how old do you have to be to be a nursing home administrator in OH": (
        "age-asked", "nursing-home-administrator", "OH"),
    "how do I become a licensed administrator in assisted living in California": (
        "what-asked", "assisted-living", "CA"),
    # somebody with a record
    "I have a felony, can I become a nursing home administrator": ("record-asked", "nursing-home-administrator", ""),
    "can I get my nursing home license with a criminal record": ("record-asked", "nha", ""),
    "can a felon be a practice manager": ("record-asked", "medical-office-manager", ""),
    "does a DUI disqualify me from being an administrator in Texas": (AIMLESS, "", ""),
    # holders of an MBA or MHA, executives
    "can I become CEO without a master's": ("degree-asked", "ceo", ""),
    "I have an MBA, do I need an MHA too": ("which-master", "", ""),
    "does my MBA count for FACHE": ("fache-without-master", "fache", ""),
    "can I do my MHA online": ("online-degree", "", ""),
    "I just graduated with my MHA and have no experience": ("degree-no-experience", "", ""),
    "how much do hospital CEOs earn": ("what-it-pays", "ceo", ""),
    "how many years of experience do I need to be a COO": ("experience-asked", "coo", ""),
    "is it worth getting my FACHE": ("is-it-worth-it", "fache", ""),
    "FACHE or CMPE which is better": ("is-it-worth-it", "fache cmpe", ""),
    "difference between CMPE and CMM": ("is-it-worth-it", "cmpe cmm", ""),
    "can I take the CMPE without a degree": ("degree-asked", "cmpe", ""),
    "CE requirements for FACHE": ("which-ce", "fache", ""),
    "requirements for CPHQ": ("what-asked", "cphq", ""),
    "can I become a hospital administrator with FACHE": ("what-asked", "hospital-administrator", ""),
    "what jobs can I get with a bachelors in healthcare administration": ("open-posts", "", ""),
    # career changers, veterans, people trained abroad
    "career change from retail manager to hospital administrator": ("what-asked", "hospital-administrator", ""),
    "teacher wanting to become a practice manager": ("what-asked", "medical-office-manager", ""),
    "can a CNA become a nursing home administrator": ("what-asked", "nursing-home-administrator", ""),
    "do veterans get credit toward nursing home administrator": ("military-asked", "nursing-home-administrator", ""),
    "can I use my GI Bill": ("who-pays", "", ""),
    "I am a foreign doctor, can I become a hospital administrator": ("from-abroad", "hospital-administrator", ""),
    "my degree is from India will it be accepted": (AIMLESS, "", ""),
    "how do I get healthcare management experience": ("what-is-management", "", ""),
    # asked without saying of what
    "what exam do I need": (AIMLESS, "", ""),
    "do i need a masters": ("bachelor-only", "", ""),
    "does my ADN count": ("bachelor-only", "", ""),
    "do I need a bachelors": ("bachelor-only", "", ""),
    "how much does it cost": (AIMLESS, "", ""),
    "how long will it take": (AIMLESS, "", ""),
    "what should I do next": (AIMLESS, "", ""),
    "can I be an administrator without being a nurse": (AIMLESS, "", ""),
    "does working as a unit secretary count as healthcare experience": (AIMLESS, "", ""),
    "what is the best certification for a practice manager": ("certification-asked", "medical-office-manager", ""),
    # not ours to answer
    "should I quit my job": (REFUSED, "", ""),
    "what is the weather like": (REFUSED, "", ""),
    "how do i become rich": (REFUSED, "", ""),
    "how long is a hospital stay": (REFUSED, "", ""),
    "how much does it cost to buy a car": (REFUSED, "", ""),
    "can you be fired for being late": (REFUSED, "", ""),
    "who won the super bowl": (REFUSED, "", ""),
    "is my doctor good": (REFUSED, "", ""),
    "can I bring my dog to work": (REFUSED, "", ""),
    "can a nursing home administrator adopt a dog": (REFUSED, "", ""),
}  # fmt: skip
READ_AS = yaml.safe_load((Path(__file__).parent / "corpus" / "wordings.yaml").read_text(encoding="utf-8"))
WITH_A_TARGET = {  # the same words, asked by somebody who said what they want to become
    "what exam do I need": "exams-asked",
    "do i need a masters": "degree-asked",
    "does my ADN count": "degree-asked",
    "do I need a bachelors": "degree-asked",
    "how much does it cost": "what-it-costs",
    "how long will it take": "how-long",
    "do I qualify": "how-far",
    "am I too old": "age-asked",
    "is my experience enough": "experience-asked",
    "will my felony be a problem": "record-asked",
    "does my army time count": "military-asked",
}


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[str, dict[str, Any]]:
    """The id of the question that was answered, or the code of the refusal; and the whole document."""
    code = execute(["ask", *words, "--json", "--as-of", "2026-11-26"])
    found = json.loads(capsys.readouterr().out)
    if code == 0:
        return found["id"], found
    assert code == 1
    (problem,) = found["errors"]
    return problem["code"].replace("unknown-question", REFUSED), found


@pytest.mark.parametrize("words", WORDINGS)
def test_words_mean_one_question_of_one_thing_or_are_refused(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    question, about, state = WORDINGS[words]
    found, document = asked(capsys, words)
    assert found == question
    if "errors" not in document:
        assert " ".join(document["targets"]) == about
        assert (document["state"] or "") == state


@pytest.mark.parametrize("words", WITH_A_TARGET)
def test_what_is_not_named_is_what_the_person_wants_to_become(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    found, document = asked(capsys, words, "--target", "practice manager")
    assert found == WITH_A_TARGET[words]
    assert document["targets"] == ["medical-office-manager"]


def test_what_the_profile_aims_at_is_asked_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "me.yaml"
    path.write_text("schema_version: 1\ntarget: {id: cmpe}\neducation: [{degree: BSN, awarded: 2016-05}]\n")
    found, document = asked(capsys, "do i need a masters", "--profile", str(path))
    assert (found, document["targets"]) == ("degree-asked", ["cmpe"])
    found, document = asked(capsys, "can I become CEO without a master's", "--profile", str(path))
    assert (found, document["targets"]) == ("degree-asked", ["ceo"])


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("what does the NHA in Texas require", "TX"),
        ("is NHA or FACHE better", None),
        ("how many AIT hours for nha-in", "IN"),
        ("does my NHA-OH license move to PA", "PA"),
    ],
)
def test_little_words_beside_a_licence_are_no_state(
    words: str, state: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    _, found = asked(capsys, words)
    assert (found["state"], found["targets"][0]) == (state, "nha")


def test_a_refusal_names_the_nearest_questions(capsys: pytest.CaptureFixture[str]) -> None:
    _, found = asked(capsys, "how long is a hospital stay")
    assert "(how-long)" in found["errors"][0]["hint"]
    _, found = asked(capsys, "what exam do I need")
    assert "--target" in found["errors"][0]["hint"]


def test_what_was_not_understood_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    _, found = asked(capsys, "can a CNA become a nursing home administrator")
    assert found["unread"] == ["cna"]
    found_id, found = asked(capsys, "how many AIT hours in Ohio, and I have a felony")
    assert (found_id, found["beside"]) == ("ait-hours", ["record-asked"])
    assert execute(["ask", "can a CNA become a nursing home administrator", "--as-of", "2026-11-26"]) == 0
    assert "Not understood, and not used: cna." in capsys.readouterr().out


def test_a_name_of_many_posts_is_asked_back(capsys: pytest.CaptureFixture[str]) -> None:
    found, document = asked(capsys, "what degree does an executive director need")
    assert found == "ambiguous"
    assert "hospital-administrator" in document["errors"][0]["hint"]


@pytest.mark.parametrize("words", READ_AS)
def test_more_words_mean_one_question_or_none(words: str) -> None:
    found = meant(knowledge(), words)
    read = (found.question.id if found.question else REFUSED, " ".join(found.targets), found.state or "")
    assert list(read) == READ_AS[words]


@pytest.mark.parametrize("words", ["is CNHA a license", "is the CNHA a licence or a certification", "what is a CNHA"])
def test_what_is_no_licence_and_paused_is_told_with_its_source(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["ask", words]) == 0
    told = capsys.readouterr().out
    assert "a certification, given by American College of Health Care Administrators, and no licence" in told
    assert "(CNHA) is paused. Not a licence, and not open" in told
    assert "achca.memberclicks.net" in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("is LNHA a certification or license", "a licence, and each state gives its own"),
        ("is LNHA a certification or license in ohio", "a matter of state law"),
        ("is RN a certification", "by law it asks of everybody: Registered nurse licence"),
        ("can I take the CNHA", "(CNHA) is paused"),
        ("which school is best", "Schools are not ranked in our data"),
        ("what GPA do I need for MHA", "not in our data"),
        ("can I work while doing AIT", "Whether other work may be done beside it"),
        ("is fache recognized in canada", "counts in another country was not looked up"),
    ],
)
def test_near_questions_are_told_what_they_are_or_what_is_not_known(
    words: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert execute(["ask", words]) == 0
    assert said in capsys.readouterr().out
