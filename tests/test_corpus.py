"""Titles and degrees as people write them: nothing is read wrongly as sure, and most is read or rightly asked."""

from __future__ import annotations

import pytest

from hsm_planner.resolve.degrees import DegreeWords
from hsm_planner.resolve.titles import TitleWords
from tests.corpus import measure
from tests.support import AS_OF, evaluate_rule, knowledge, timeline


def test_no_title_is_read_wrongly_as_sure() -> None:
    measured = measure.titles(knowledge())
    assert [slip for slip in measured.slips if slip.startswith("sure and wrong")] == []
    assert measured.counts["sure and right"] > 80


def test_no_degree_is_read_wrongly_as_sure() -> None:
    measured = measure.degrees(knowledge())
    assert [slip for slip in measured.slips if slip.startswith("sure and wrong")] == []
    assert measured.counts["sure and right"] > 150


def test_most_titles_and_degrees_are_read_or_asked_with_the_right_one_first() -> None:
    titles, degrees = measure.titles(knowledge()), measure.degrees(knowledge())
    assert titles.share(measure.RIGHT_FIRST, measure.HAS_ROLE) >= 0.95
    assert degrees.share(measure.RIGHT_FIRST, measure.HAS_ROLE) >= 0.95


def test_no_title_of_the_held_out_corpus_is_read_wrongly_as_sure() -> None:
    measured = measure.titles(knowledge(), "held_out_")
    assert [slip for slip in measured.slips if slip.startswith("sure and wrong")] == []


def test_measuring_tells_a_wrong_reading() -> None:
    measured = measure.Measured()
    measured.add("sure and right", "a", slip=False)
    measured.add("sure and wrong", "b", slip=True)
    assert measured.share(measure.SURE[:1], measure.SURE) == 0.5
    assert measured.slips == ["sure and wrong: b"]


@pytest.mark.parametrize(
    "title",
    [
        "Nursing home administrator (in training)",
        "Nursing Home Administrator, AIT",
        "Medical assistant (externship)",
        "Medical assistant student",
        "Volunteer medical assistant",
        "Assistant to the nursing home administrator",
        "Assistant nursing home administrator",
        "RN, Charge",
        "Unit Manager, RN",
        "Charge nurse / nurse manager",
        "Office manager",
        "NHA",
        "Medical assistant instructor",
        "Owner, medical billing clerk agency",
        "Charge nurse, veterinary hospital",
        "Nursing home administrator (desired)",
        "Certified Medical Assistant, or LPN-Urology Services, Full Time",
        "LPN / RN Pediatric Home Health Nurse",
        "Medical Assistant/Medical Secretary-Rheumatology",
        "Sr. Medical Assistant / Trainer",
    ],
)
def test_words_of_another_post_make_a_title_a_question(title: str) -> None:
    reading = TitleWords(knowledge()).read(title)
    assert reading.guess or reading.general or reading.role is None


BESIDE = (
    "{} candidate", "aspiring {}", "{} (volunteer)", "former {}", "{} intern", "{} coach", "not a {}", "shadowed {}",
    "{}'s secretary", "{} for pets", "Assistant to the {}", "{} (vet clinic)", "{} recruiter",
    "{} (someday)", "{} - hoping", "{} - studying for", "{} - searching for", "{} (mock)", "{}, pending license",
    "{}, helper to", "{}, no longer", "{} - offer declined", "{} (was laid off)", "{}, resigned", "{} - my mother",
    "{} - dreaming", "{} (interviewed)", "{} (maybe)", "{}, not yet", "{} - pretend", "{} (goal)", "{} / quit",
)  # fmt: skip


@pytest.mark.parametrize("around", BESIDE)
def test_words_around_the_name_of_any_post_make_it_a_guess_that_counts_for_nothing(around: str) -> None:
    for name in (raw["title"] for kind, raw in knowledge().raw_targets() if kind == "role"):
        entry = {"title": around.format(name), "start": "2010-01"}
        found = timeline({"experience": [entry]})
        (word,) = [one for one in found.resolved if one.pointer == "experience[0].title"]
        assert word.how in ("fuzzy", "unresolved"), entry
        assert not any(claim.strength.counts(confirmed=False) for claim in (found.posts or ())[0].kinds.values()), entry


@pytest.mark.parametrize(
    ("title", "role"),
    [("Nurse manger", "clinical-nurse-manager"), ("Nursing home adminstrator", "nursing-home-administrator"),
     ("Practice Mananger - Cardiology", "medical-office-manager")],
)  # fmt: skip
def test_a_usual_slip_is_asked_about_with_the_right_post_first(title: str, role: str) -> None:
    reading = TitleWords(knowledge()).read(title)
    assert (reading.role, reading.guess) == (role, True)
    rule = {"id": "x", "kind": "experience", "of": ["management"], "at_least": {"years": 1}}
    profile = {"experience": [{"title": title, "setting": "hospital", "start": "2015-01"}]}
    assert evaluate_rule(rule, profile, AS_OF).status == "unknown"


@pytest.mark.parametrize(
    ("title", "setting", "role"),
    [
        ("Assistant administrator", "nursing-home", "nursing-home-administrator"),
        ("Assistant administrator", "hospital", "hospital-administrator"),
        ("Assistant administrator", None, "hospital-administrator"),
        ("Executive director", "assisted-living", "assisted-living-director"),
        ("Director of nursing", "hospital", "director-of-nursing-hospital"),
        ("Director of nursing", "other-health", "nursing-home-don"),
    ],
)
def test_of_several_posts_the_one_found_in_the_place_is_guessed_and_stays_a_guess(
    title: str, setting: str | None, role: str
) -> None:
    entry = {"title": title, "start": "2015-01", **({"setting": setting} if setting else {})}
    (post,) = timeline({"experience": [entry]}).posts or ()
    assert (post.role, post.guessed_role) == (None, role)


def test_a_letter_left_out_of_a_name_makes_a_guess_with_its_question() -> None:
    for name in (raw["title"] for kind, raw in knowledge().raw_targets() if kind == "role"):
        if "(" in name or "," in name:
            continue  # what stands behind a comma is a unit
        for place in (2, len(name) // 2, len(name) - 2):
            slip = name[:place] + name[place + 1 :]
            if name[place] in " /":
                continue
            found = timeline({"experience": [{"title": slip, "start": "2010-01"}]})
            (word,) = [one for one in found.resolved if one.pointer == "experience[0].title"]
            assert word.how in ("fuzzy", "unresolved"), slip
            asked = [one for claim in (found.posts or ())[0].kinds.values() for one in claim.open_questions()]
            assert word.id is None or any(one.id.startswith("experience[0].") for one in asked), slip


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Charge Nurse - ICU", "charge-nurse"),
        ("Senior Medical Assistant II", "medical-assistant"),
        ("LPN, Memory Care Unit", "licensed-practical-nurse"),
        ("Nursing Home Administrator at Oak Grove", "nursing-home-administrator"),
        ("Practice Mgr", "medical-office-manager"),
        ("Charge Nurse, Skilled Nursing Unit", "charge-nurse"),
        ("Charge Nurse - Imaging", "charge-nurse"),
        ("Nursing Home Administrator, Assisted Living", "nursing-home-administrator"),
        ("Medical Assistant, Wyoming Medical Center", "medical-assistant"),
        ("Charge nurse, Sacred Heart", "charge-nurse"),
    ],
)
def test_grades_units_and_employers_beside_a_name_leave_it_as_it_is(title: str, role: str) -> None:
    reading = TitleWords(knowledge()).read(title)
    assert (reading.role, reading.guess) == (role, False)


@pytest.mark.parametrize(
    ("text", "under_way", "abroad"),
    [
        ("BSN", False, False),
        ("BSN (Philippines)", False, True),
        ("MHA, Canada", False, True),
        ("DNP student", True, False),
        ("Working on my masters", True, False),
        ("BSN, currently attending", True, False),
        ("Indiana BSN", False, False),
        ("BS, University of New Mexico", False, False),
        ("BSN in-progress", True, False),
    ],
)
def test_what_stands_beside_a_degree_is_heard(text: str, under_way: bool, abroad: bool) -> None:
    for reading in DegreeWords(knowledge()).read(text):
        assert (reading.under_way, reading.abroad) == (under_way, abroad)


@pytest.mark.parametrize(
    "text",
    [
        "BSN 2 years",
        "BS - left after 3 years",
        "MHA courses",
        "MBA studies",
        "Doctoral studies",
        "Doctoral",
        "MHA level",
        "MLS",
        "RN-BSN",
        "MHA (starting 2027)",
        "Bachelor's degree (accepted)",
        "BS equivalent",
        "MBA certificate",
        "MHA Certificate",
    ],
)
def test_a_degree_that_may_be_unfinished_is_met_only_once_confirmed(text: str) -> None:
    rule = {"id": "x", "kind": "degree", "level": "bachelor", "fields": ["any"]}
    profile = {"education": [{"degree": text}]}
    assert evaluate_rule(rule, profile, AS_OF).status == "unknown"
    assert evaluate_rule(rule, profile, AS_OF, confirmed=True).status == "met"


@pytest.mark.parametrize(
    "text",
    [
        "BSN, never finished",
        "BSN, RN, never finished",
        "BSN, did not graduate",
        "BA without diploma",
        "MHA dropout",
        "MBA (dropped out)",
        "Masters (chucked) in Nursing",
        "Bachelor of Science in Nursing, left without a degree",
        "BSN abandoned",
    ],
)
def test_a_degree_that_was_given_up_is_not_held_and_no_answer_makes_it_so(text: str) -> None:
    rule = {"id": "x", "kind": "degree", "level": "bachelor", "fields": ["any"]}
    for entry in ({"degree": text}, {"degree": text, "awarded": "2015-06"}):
        for confirmed in (False, True):
            assert evaluate_rule(rule, {"education": [entry]}, AS_OF, confirmed=confirmed).status == "partly"


@pytest.mark.parametrize(
    "entry",
    [
        {"degree": "MHA", "field": "health administration, never finished"},
        {"degree": "BSN", "school": "Ohio State, dropped out"},
    ],
    ids=str,
)
def test_a_field_or_a_school_may_say_that_a_degree_was_given_up(entry: dict[str, str]) -> None:
    rule = {"id": "x", "kind": "degree", "level": "bachelor", "fields": ["any"]}
    profile = {"education": [{**entry, "awarded": "2015"}]}
    assert evaluate_rule(rule, profile, AS_OF, confirmed=True).status == "partly"


@pytest.mark.parametrize(
    "entry",
    [
        {"degree": "BSN (did not finish)", "level": "bachelor"},
        {"level": "bachelor", "school": "Ohio State, dropped out"},
        {"degree": "BSN", "school": "Ohio State (not finished)"},
        {"degree": "BSN", "school": "Ohio State (incomplete)"},
        {"degree": "BSN, MBA", "school": "Ohio State (dropped out)"},
        {"degree": "MHA candidate", "level": "master"},
        {"degree": "Pursuing an MHA", "level": "master"},
        {"degree": "BSN", "school": "Ohio State; dropped nursing honours"},
        {"degree": "BSN from Quit University"},
        {"degree": "BSN", "school": "Quit University"},
        {"degree": "BSN not awarded until 2018"},
        {"degree": "BS in Biology, withdrew from med school"},
        {"degree": "BS and med school dropout"},
        {"degree": "BS Biology, started MD, never finished"},
        {"degree": "BS, med school never finished"},
        {"degree": "BS (withdrew), finished 2014"},
        {"degree": "BSN, did not graduate in 2014"},
        {"degree": "BS never finished high school"},
        {"degree": "Bachelor's; did not graduate with honors"},
        {"degree": "BA; dropped nursing for business"},
    ],
    ids=str,
)
def test_words_that_may_speak_of_something_else_or_stand_against_a_level_are_asked_about(entry: dict[str, str]) -> None:
    rule = {"id": "x", "kind": "degree", "level": "bachelor", "fields": ["any"]}
    profile = {"education": [{**entry, "awarded": "2010"}]}
    assert evaluate_rule(rule, profile, AS_OF).status == "unknown"
    assert evaluate_rule(rule, profile, AS_OF, confirmed=True).status == "met"
    asked = [one for degree in timeline(profile).degrees or () for one in degree.counts.open_questions()]
    assert {one.id for one in asked} == {"education[0].level"}


@pytest.mark.parametrize("text", ["BSN never finished", "Dropped out of BSN in 2014", "BS in Biology, dropped out"])
def test_plain_words_around_it_leave_no_doubt_that_a_degree_was_given_up(text: str) -> None:
    (degree,) = timeline({"education": [{"degree": text, "awarded": "2014"}]}).degrees or ()
    assert (degree.given_up, degree.awarded) == (True, None)


def test_studies_that_were_given_up_are_not_the_schooling_behind_a_licence() -> None:
    profile = {"credentials": [{"id": "rn-oh", "state": "OH"}], "state": "OH"}
    for text, asked in (("BSN, dropped out", 1), ("BSN", 0)):
        degrees = timeline({**profile, "education": [{"degree": text}]}).degrees or ()
        assert sum(one.pointer == "education" and one.level is None for one in degrees) == asked, text


def test_words_that_go_with_what_else_is_said_are_no_question() -> None:
    for entry in (
        {"degree": "Did not finish high school", "level": "none"},
        {"degree": "MHA (in progress)", "level": "master", "expected": "2028-05"},
        {"degree": "Some college, no degree", "level": "some-college"},
        {"degree": "MHA candidate", "level": "master", "expected": "2028-05"},
        {"degree": "MA, Student Affairs", "level": "master", "field": "health administration"},
    ):
        (degree,) = timeline({"education": [entry]}).degrees or ()
        assert (degree.counts.open_questions(), degree.given_up) == ((), False), entry


def test_which_of_two_degrees_was_given_up_is_asked() -> None:
    rule = {"id": "x", "kind": "degree", "level": "bachelor", "fields": ["any"]}
    profile = {"education": [{"degree": "BSN, MBA (dropped out)"}]}
    assert evaluate_rule(rule, profile, AS_OF).status == "unknown"


def test_some_college_was_left_and_counts() -> None:
    rule = {"id": "x", "kind": "degree", "level": "some-college", "fields": ["any"]}
    assert evaluate_rule(rule, {"education": [{"degree": "some college, no degree"}]}, AS_OF).status == "met"


@pytest.mark.parametrize("text", ["Masters shelved", "BS opted out", "MBA?", "MHA bailed, Kent State University"])
def test_a_word_that_is_of_no_field_makes_a_guess(text: str) -> None:
    assert all(one.how == "fuzzy" for one in DegreeWords.of(knowledge()).read(text))


@pytest.mark.parametrize("text", ["MS, Sacred Heart University", "BA Applied Ethics", "BS, Reed College"])
def test_a_school_or_field_that_ends_like_a_deed_makes_none(text: str) -> None:
    assert all(one.how == "alias" for one in DegreeWords.of(knowledge()).read(text))


@pytest.mark.parametrize(
    "text",
    ["BSN", "BS Biology", "BS in Nursing", "BSN, Ohio State University", "BBA, MHA, FACHE", "MD, MBA", "BSN, RN"],
)
def test_a_plain_degree_is_met(text: str) -> None:
    rule = {"id": "x", "kind": "degree", "level": "bachelor", "fields": ["any"]}
    assert evaluate_rule(rule, {"education": [{"degree": text}]}, AS_OF).status == "met"


@pytest.mark.parametrize(
    ("text", "sure", "asked"),
    [
        ("ADN, Baltimore, MD", ["associate"], ["first-professional"]),
        ("BSN, Jackson, MS", ["bachelor"], ["master"]),
        ("adn, baltimore, md", ["associate"], ["first-professional"]),
        ("BA, Psychology, MA", ["bachelor"], ["master"]),
        ("BSN, MD", ["bachelor"], ["first-professional"]),
        ("MHA, Pittsburgh, PA", ["master"], []),
        ("MD, MBA", ["first-professional", "master"], []),
        ("MD", ["first-professional"], []),
    ],
)
def test_the_code_of_a_state_is_no_sure_degree(text: str, sure: list[str], asked: list[str]) -> None:
    found = DegreeWords.of(knowledge()).read(text)
    assert [reading.level for reading in found if reading.how == "alias"] == sure
    assert [reading.level for reading in found if reading.how == "fuzzy"] == asked


@pytest.mark.parametrize(
    "text",
    [
        "BSN expelled", "MHA all but capstone", "BS interrupted", "bachelor's in marketing, expelled",
        "MHA, one class left", "BS walked away", "BA on leave",
    ],
)  # fmt: skip
def test_a_word_that_may_undo_a_degree_makes_it_a_guess(text: str) -> None:
    assert all(one.how == "fuzzy" for one in DegreeWords.of(knowledge()).read(text))


@pytest.mark.parametrize("text", ["BSN, Ohio State", "BS Mechanical Engineering", "BSN, Chamberlain University 2014"])
def test_a_school_or_a_field_beside_a_degree_changes_nothing(text: str) -> None:
    assert all(one.how == "alias" for one in DegreeWords.of(knowledge()).read(text.removesuffix(" 2014")))
